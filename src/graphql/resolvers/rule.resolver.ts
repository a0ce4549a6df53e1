// Merchandising rules: what merchants decide of the ranking.
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
    description: 'The rules of the store, at most 100, in the order in which they were made; earlier ones pin higher.',
  })
  async merchandisingRules(@Ctx() { services, store }: GraphQLContext): Promise<MerchandisingRuleObject[]> {
    return services.rules.list(store);
  }

  @Needs('catalog:write')
  @Mutation(() => SaveMerchandisingRulePayloadObject, {
    description: 'Makes a rule, or changes one; it holds from the next request on.',
  })
  async saveMerchandisingRule(
    @Arg('input', () => MerchandisingRuleInput, { description: 'The rule.' }) input: MerchandisingRuleInput,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<SaveMerchandisingRulePayloadObject> {
    return services.rules.save(store, ruleInput(input));
  }

  @Needs('catalog:write')
  @Mutation(() => DeleteMerchandisingRulePayloadObject, { description: 'Deletes a rule.' })
  async deleteMerchandisingRule(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<DeleteMerchandisingRulePayloadObject> {
    return services.rules.delete(store, id);
  }
}
