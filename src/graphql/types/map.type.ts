// The map of the catalog as analysts read it.
import { Field, Float, ObjectType } from 'type-graphql';
import type { GarmentType, Gender } from '../../domain/catalog/garment.js';
import { GarmentTypeEnum, GenderEnum } from './enums.js';

@ObjectType('MapPoint', {
  description:
    'A garment on the map of the catalog. The map has no axes: what is near is alike, and how far apart groups lie says little.',
  simpleResolvers: true,
})
export class MapPointObject {
  @Field(() => String, { description: "The merchant's own number for it." })
  sku!: string;

  @Field(() => String, { description: 'What it is called in the shop.' })
  title!: string;

  @Field(() => Float, { description: 'To the right; the whole map is some 20 to 30 wide.' })
  x!: number;

  @Field(() => Float, { description: 'Upwards, on the same scale.' })
  y!: number;

  @Field(() => GarmentTypeEnum, { nullable: true, description: 'Its try-on type; null where it is none of the ten.' })
  garmentType!: GarmentType | null;

  @Field(() => String, { nullable: true, description: 'Its kind in words: "Casual Shoes".' })
  category!: string | null;

  @Field(() => String, { nullable: true, description: 'Its main colour.' })
  color!: string | null;

  @Field(() => GenderEnum, { nullable: true, description: 'Whom it is cut for.' })
  gender!: Gender | null;

  @Field(() => String, { nullable: true, description: 'What it is worn for.' })
  usage!: string | null;

  @Field(() => Boolean, { description: 'Whether it can be bought now.' })
  inStock!: boolean;
}

@ObjectType('MapPosition', { description: 'A place on the map of the catalog.', simpleResolvers: true })
export class MapPositionObject {
  @Field(() => Float, { description: 'As `x` of the garments.' })
  x!: number;

  @Field(() => Float, { description: 'As `y` of the garments.' })
  y!: number;
}
