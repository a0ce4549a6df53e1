// Pages as Relay's cursor connections have them.
import { Field, Int, ObjectType } from 'type-graphql';
import type { GarmentPage } from '../../store/garment.repository.js';
import { GarmentObject } from './garment.type.js';

@ObjectType('PageInfo', { description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether some come before.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row: give it as `after` for the next page.' })
  endCursor!: string | null;
}

@ObjectType('GarmentEdge', { description: 'A garment in a list.', simpleResolvers: true })
export class GarmentEdgeObject {
  @Field(() => String, { description: 'Its place in the list, for `after`.' })
  cursor!: string;

  @Field(() => GarmentObject, { description: 'The garment.' })
  node!: GarmentObject;
}

@ObjectType('GarmentConnection', { description: 'A page of garments.', simpleResolvers: true })
export class GarmentConnectionObject {
  @Field(() => [GarmentEdgeObject], { description: 'The rows with their cursors.' })
  edges!: GarmentEdgeObject[];

  @Field(() => [GarmentObject], { description: 'The rows alone.' })
  nodes!: GarmentObject[];

  @Field(() => PageInfoObject, { description: 'Where the page stands.' })
  pageInfo!: PageInfoObject;

  @Field(() => Int, { description: 'How many garments match in all.' })
  totalCount!: number;
}

/** A page's position from its cursors. */
export function pageInfo(
  cursors: readonly string[],
  page: { hasNextPage: boolean; hasPreviousPage: boolean },
): PageInfoObject {
  return {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: cursors[0] ?? null,
    endCursor: cursors.at(-1) ?? null,
  };
}

/** A page of the catalog with its position. */
export function garmentConnection(page: GarmentPage): GarmentConnectionObject {
  return {
    edges: page.edges.map(({ cursor, garment }) => ({ cursor, node: garment })),
    nodes: page.edges.map(({ garment }) => garment),
    pageInfo: pageInfo(
      page.edges.map(({ cursor }) => cursor),
      page,
    ),
    totalCount: page.totalCount,
  };
}
