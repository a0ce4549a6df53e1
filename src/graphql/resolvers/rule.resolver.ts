// Resolvers for merchandising rules.
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphQLContext } from '../server/context.js';
import { ruleInput, MerchandisingRuleInput } from '../inputs/rule.input.js';
import { Needs } from '../server/permissions.js';
import {
  DeleteMerchandisingRulePayloadObject,
  MerchandisingRuleObject,
  SaveMerchandisingRulePayloadObject,
} from '../types/rule.type.js';

@Resolver()
export class RuleResolver {
  @Needs('catalog:inspect')
  @Query(() => [MerchandisingRuleObject], {
    description:
      'Merchandising rules of the store in the order of their creation, at most 100. Earlier PIN rules rank ' +
      'their garments higher.',
  })
  async merchandisingRules(@Ctx() { services, store }: GraphQLContext): Promise<MerchandisingRuleObject[]> {
    return services.rules.list(store);
  }

  @Needs('catalog:write')
  @Mutation(() => SaveMerchandisingRulePayloadObject, {
    description: 'Creates or changes a merchandising rule. It applies from the next request on.',
  })
  async saveMerchandisingRule(
    @Arg('input', () => MerchandisingRuleInput, { description: 'The merchandising rule to save.' })
    input: MerchandisingRuleInput,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<SaveMerchandisingRulePayloadObject> {
    return services.rules.save(store, ruleInput(input));
  }

  @Needs('catalog:write')
  @Mutation(() => DeleteMerchandisingRulePayloadObject, { description: 'Deletes a merchandising rule.' })
  async deleteMerchandisingRule(
    @Arg('id', () => ID, { description: 'ID of the merchandising rule.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<DeleteMerchandisingRulePayloadObject> {
    return services.rules.delete(store, id);
  }
}
