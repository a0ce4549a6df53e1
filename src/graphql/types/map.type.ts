// Object types of the catalog map.
import { Field, Float, ObjectType } from 'type-graphql';
import type { GarmentType, Gender } from '../../domain/catalog/garment.js';
import { GarmentTypeEnum, GenderEnum } from './enums.js';

@ObjectType('MapPoint', {
  description:
    'A garment on the catalog map. Near points are similar garments; the axes have no meaning, and distances ' +
    'between groups say little.',
  simpleResolvers: true,
})
export class MapPointObject {
  @Field(() => String, { description: 'The merchant’s SKU.' })
  sku!: string;

  @Field(() => String, { description: 'Title in the shop.' })
  title!: string;

  @Field(() => Float, { description: 'Horizontal coordinate. The whole map is about 20 to 30 units wide.' })
  x!: number;

  @Field(() => Float, { description: 'Vertical coordinate, upwards, in the same unit as `x`.' })
  y!: number;

  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description: 'Try-on type. Null if the garment has none of the ten.',
  })
  garmentType!: GarmentType | null;

  @Field(() => String, { nullable: true, description: 'Category, for example "Casual Shoes". Null if unknown.' })
  category!: string | null;

  @Field(() => String, { nullable: true, description: 'Main color. Null if unknown.' })
  color!: string | null;

  @Field(() => GenderEnum, { nullable: true, description: 'Gender that the garment is made for. Null if unknown.' })
  gender!: Gender | null;

  @Field(() => String, { nullable: true, description: 'Use of the garment, for example "Sports". Null if unknown.' })
  usage!: string | null;

  @Field(() => Boolean, { description: '`true` if shoppers can buy the garment now.' })
  inStock!: boolean;
}

@ObjectType('MapPosition', { description: 'A position on the catalog map.', simpleResolvers: true })
export class MapPositionObject {
  @Field(() => Float, { description: 'Horizontal coordinate, as in `MapPoint`.' })
  x!: number;

  @Field(() => Float, { description: 'Vertical coordinate, as in `MapPoint`.' })
  y!: number;
}
