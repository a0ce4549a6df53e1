// Experiments: begun and ended by merchants, read by analysts too.
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
    description: 'The experiments of the store, the newest first.',
  })
  async experiments(@Ctx() { services, store }: GraphQLContext): Promise<Experiment[]> {
    return services.experiments.list(store);
  }

  @Needs('catalog:write')
  @Mutation(() => SaveExperimentPayloadObject, {
    description:
      'Begins an experiment, from the next request on, or renames one. At most 10 run at once, and no two may set the same. What a request says of a setting wins over its shopper’s variant.',
  })
  async saveExperiment(
    @Arg('input', () => ExperimentInputObject, { description: 'The experiment.' }) input: ExperimentInputObject,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<{ experiment: Experiment | null; userErrors: SaveExperimentPayloadObject['userErrors'] }> {
    const { methods } = services.encoders.bundle.manifest.fusion;
    return services.experiments.save(store, experimentInput(input), methods);
  }

  @Needs('catalog:write')
  @Mutation(() => EndExperimentPayloadObject, {
    description:
      'Ends an experiment for good: everybody is answered without it from the next request on. It stays to be read.',
  })
  async endExperiment(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<{ experiment: Experiment | null; userErrors: EndExperimentPayloadObject['userErrors'] }> {
    return services.experiments.end(store, id);
  }

  @FieldResolver(() => [ExperimentVariantObject], {
    description: 'Its variants with what came of them, in their order.',
  })
  async variants(
    @Root() experiment: Experiment,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ExperimentVariantObject[]> {
    return services.experiments.results(store, experiment);
  }
}
