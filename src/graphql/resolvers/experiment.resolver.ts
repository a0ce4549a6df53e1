// Resolvers for experiments.
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Experiment } from '../../domain/analytics/experiment.js';
import type { GraphQLContext } from '../server/context.js';
import { experimentsCost } from '../cost.js';
import { experimentInput, ExperimentInputObject } from '../inputs/experiment.input.js';
import { Needs } from '../server/permissions.js';
import {
  EndExperimentPayloadObject,
  ExperimentObject,
  ExperimentVariantObject,
  SaveExperimentPayloadObject,
} from '../types/experiment.type.js';

@Resolver(() => ExperimentObject)
export class ExperimentResolver {
  @Needs('catalog:inspect')
  @Query(() => [ExperimentObject], {
    complexity: experimentsCost,
    description: 'Experiments of the store, newest first.',
  })
  async experiments(@Ctx() { services, store }: GraphQLContext): Promise<Experiment[]> {
    return services.experiments.list(store);
  }

  @Needs('catalog:write')
  @Mutation(() => SaveExperimentPayloadObject, {
    description:
      'Starts an experiment with the next request, or renames one; at most 10 run at once, and no two may set ' +
      'the same field. A setting in a request overrides the variant of its shopper.',
  })
  async saveExperiment(
    @Arg('input', () => ExperimentInputObject, { description: 'The experiment to start or rename.' })
    input: ExperimentInputObject,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<{ experiment: Experiment | null; userErrors: SaveExperimentPayloadObject['userErrors'] }> {
    const { methods } = services.encoders.bundle.manifest.fusion;
    return services.experiments.save(store, experimentInput(input), methods);
  }

  @Needs('catalog:write')
  @Mutation(() => EndExperimentPayloadObject, {
    description: 'Ends an experiment permanently from the next request on. Its results remain readable.',
  })
  async endExperiment(
    @Arg('id', () => ID, { description: 'ID of the experiment.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<{ experiment: Experiment | null; userErrors: EndExperimentPayloadObject['userErrors'] }> {
    return services.experiments.end(store, id);
  }

  @FieldResolver(() => [ExperimentVariantObject], {
    description: 'Variants with their results, in their original order.',
  })
  async variants(
    @Root() experiment: Experiment,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ExperimentVariantObject[]> {
    return services.experiments.results(store, experiment);
  }
}
