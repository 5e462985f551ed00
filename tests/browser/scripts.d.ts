// What the scripts of a page share by the window. Types only: the scripts themselves stay classic.

/** A text in pieces: [text, whether it is marked as found]. */
type Pieces = [string, boolean][];

/** What is shown of a page that was found. */
interface SearchHit {
  url: string; title: Pieces; crumb: string; kind: string; id: string; year: number; heading: string; excerpt: Pieces;
  sections: { url: string; heading: string; excerpt: Pieces }[]; facts: [string, string][];
}

/** Pages that fit a query, best first, and what is said about them. */
interface SearchAnswer {
  order: number[]; total: number; words: string[]; exact: boolean; switched: string; text: string;
  facets: [string, string, [string, string, number][]][];
  synonyms: string[]; folded: Record<number, number[]>;
  reading: { text: string; kind: string; question: string } | null;
}

/** The router of the index: [field, label, number] of each facet, loaded files, words of the interface. */
interface SearchSite {
  n: number; strong: boolean; kinds: [string, string, number, string[], string[], string[], boolean][];
  s: Record<string, string>; facets: [string, string, number][]; files: Record<string, unknown>;
}

/** Loads files of the index by name. */
type Need = (names: string[], done: (error: Error | null) => void) => void;

/** The reader of the exported index (src/search/client). */
interface SalaSearch {
  site: SearchSite | null;
  path(site: SearchSite, name: string): string;
  query(site: SearchSite, ask: object, need: Need, done: (error: Error | null, answer?: SearchAnswer) => void): void;
  fragments(site: SearchSite, docs: number[], need: Need, done: (error: Error | null, fragments?: unknown[]) => void): void;
  needles(words: string[], near?: boolean): unknown[];
  kindAt(site: SearchSite, doc: number): number;
  ready(site: SearchSite, fragment: unknown): unknown;
  names(text: string): { near: boolean; prepare(text: string): unknown; holds(name: unknown): boolean; nearly(name: unknown): boolean };
  hit(fragment: unknown, needles: unknown[]): SearchHit;
  facetOf(site: SearchSite, facet: number): [string, string, Uint32Array][];
  suggest(text: string, fragments: unknown[]): string;
}

/** What search.js lends to page.js. */
interface SalaFind {
  root: string;
  ready(done: (error: Error | null, search?: SalaSearch, site?: SearchSite) => void): void;
  need: Need;
  el(tag: string, className?: string, text?: string): any;
  fill(text: string, key: string, value: string | number): string;
  number(value: number): string;
  pieces<T extends Node>(parent: T, list: Pieces): T;
  errorBox(again: () => void): HTMLElement;
  kinds(search: SalaSearch, site: SearchSite): Record<string, string>;
  keep(text: string): void;
}

interface Window {
  SalaSearch?: SalaSearch;
  SalaFind?: SalaFind;
  salaList?: (data: { fields: [string, string[]][]; entries: any[] }) => void;
}

interface Navigator {
  connection?: { saveData: boolean };
}
