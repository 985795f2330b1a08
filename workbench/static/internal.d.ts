// Types that several of the page's modules share, and what they find beside the browser's own.

/** A tab's elements by their id, without the tab's name: what each is, its HTML says. */
type Ui = Record<string, any>;

/** A child of an element: text only ever enters as text. */
type Child = Node | string;

/** A reading as prose and formulas. */
type Reading = Wire.GoldPreview["readings"][number];

/** A formula as the board shows it. */
type ShownFormula = Omit<Wire.FormulaView, "source">;

/** A transcript as the board shows it; null where it shows the formula already. A student's page has other speakers too. */
type ShownTranscript = { segment_id: string; speaker: string; text: string; is_final: boolean; formulas: (ShownFormula | null)[] | null };

/** One attempt of a run: its columns by name, and its number in the run. */
type RunRow = Omit<Wire.Row, keyof Wire.PageCells | "accepted" | "understood" | "words_only" | "answer" | "answer_remarks" | "answer_file"> &
  Wire.PageCells & { number: number };

/** One attempt as it is looked into; one of a run that was kept. */
type AttemptView = Wire.Row & Wire.AttemptParts;
type RunAttemptView = AttemptView & Wire.RunAttemptParts;

/** A run as it is opened, all its rows at once. */
type OpenedRun = { run: Record<string, any>; events: string[]; tagNames: string[]; columns: string[]; rows: RunRow[] };

/** One utterance of the first of several runs: each run's row of it, null where it has none. */
type Pair = { key: string; sides: (RunRow | null)[]; first: RunRow; change: number; isWrong: boolean; text: string };

/** What the Compare tab shows of which runs. */
type CompareView = { runs: string[]; shared: boolean; down: boolean } & Record<
  "q" | "show" | "mark" | "cell" | "slice" | "confusion" | "column" | "measure" | "sort" | "at",
  string
>;

/** The figures of a whole run: rates by column, value and measure; normalisers as name and rate. */
type Overview = {
  slices: Record<string, Record<string, Record<string, Wire.Rate>>>;
  normalisers: [string, string][];
  confusions: Wire.Confusion[];
  latencies: Wire.Latency[];
};

interface Window {
  workbench: { showRun(address: string): Promise<void> };
  latency: Record<"sent" | "ear" | "silent" | "formula", number[]>;
  /** KaTeX on the student's page: for each formula whether it could be read, and its MathML or why not. */
  typeset(latex: string[], isDisplay: boolean, maxExpansions: number, maxMarkup: number): [boolean, string][];
}

// The scope of an audio worklet.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
