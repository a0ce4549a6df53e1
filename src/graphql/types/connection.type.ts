// Object types of Relay cursor connections.
import { Field, Int, ObjectType } from 'type-graphql';
import type { GarmentPage } from '../../store/garment.repository.js';
import { GarmentObject } from './garment.type.js';

@ObjectType('PageInfo', { description: 'Position of a page in its list.', simpleResolvers: true })
export class PageInfoObject {
  @Field(() => Boolean, { description: '`true` if more rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: '`true` if rows come before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row. Null for an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row, to be used as `after` for the next page. Null for an empty page.',
  })
  endCursor!: string | null;
}

@ObjectType('GarmentEdge', { description: 'A row of a garment list.', simpleResolvers: true })
export class GarmentEdgeObject {
  @Field(() => String, { description: 'Cursor of this row, for `after`.' })
  cursor!: string;

  @Field(() => GarmentObject, { description: 'The garment of this row.' })
  node!: GarmentObject;
}

@ObjectType('GarmentConnection', { description: 'One page of a garment list.', simpleResolvers: true })
export class GarmentConnectionObject {
  @Field(() => [GarmentEdgeObject], { description: 'Rows of the page with their cursors.' })
  edges!: GarmentEdgeObject[];

  @Field(() => [GarmentObject], { description: 'Garments of the page, without cursors.' })
  nodes!: GarmentObject[];

  @Field(() => PageInfoObject, { description: 'Position of the page in the list.' })
  pageInfo!: PageInfoObject;

  @Field(() => Int, { description: 'Number of matching garments on all pages.' })
  totalCount!: number;
}

/** Returns the page info for the cursors of a page. Both cursors are null for an empty page. */
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

/** Returns a catalog page as a connection. */
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
