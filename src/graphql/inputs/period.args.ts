// Arguments for the period of a report.
import { ArgsType, Field } from 'type-graphql';
import { DateTimeScalar } from '../server/scalars.js';

@ArgsType()
export class PeriodArgs {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Start of the period, inclusive. If absent, 30 days before `to`.',
  })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'End of the period, exclusive. If absent, now.' })
  to?: Date | null;
}
