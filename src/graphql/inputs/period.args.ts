// The stretch of time that a figure is about.
import { ArgsType, Field } from 'type-graphql';
import { DateTimeScalar } from '../server/scalars.js';

@ArgsType()
export class PeriodArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'The earliest instant; absent: 30 days before `to`.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first instant after; absent: now.' })
  to?: Date | null;
}
