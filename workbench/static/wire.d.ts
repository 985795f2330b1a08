// What crosses the wire. Written by scripts/wire_types.py from the server's own types.

declare namespace Wire {
  /** All that the page offers; `livekit` is the address of a LiveKit server, if one is set. */
  type AboutView = {
    engine: EngineView;
    lessons: LessonsView;
    prompts: Choice[];
    models: Choice[];
    patience: PatienceView;
    samples: Choice[];
    keeps_turns: boolean;
    livekit: string | null;
    defaults: Defaults;
  };

  /** What the view of an attempt has besides its row's columns; `clip` is the recording. */
  type AttemptParts = {
    clip: string | null;
    readings: AttemptReadings;
    alignment: StepView[];
  };

  /** What is accepted, and the student's formulas as they were written, typeset. */
  type AttemptReadings = {
    accepted: ((TypesetView | ProseView)[])[];
    written: ((TypesetView | ProseView)[])[];
  };

  /** A lesson that waits for its sound; it may last `limit_sec`. */
  type BegunLesson = {
    id: string;
    ice_servers: IceServer[];
    engine: string;
    limit_sec: number;
  };

  /** Under which its events are followed. */
  type BegunVisit = {
    id: string;
  };

  /** A page of the utterances that were searched for; `filters` are values by tag. */
  type BrowsedView = {
    n_all: number;
    n_broken: number;
    n_found: number;
    page_size: number;
    filters: Record<string, string[]>;
    rows: EntryView[];
  };

  type Change = {
    held?: boolean | null;
    patience_ms?: number | null;
  };

  /** An option of a list, by its properties; `dataset` are the settings that it brings along. */
  type Choice = {
    value: string;
    textContent: string;
    dataset?: Record<string, string>;
  };

  /** A recording to try a prompt on. */
  type ClipView = {
    id: string;
    words: string;
  };

  type Compared = {
    against: string;
    edited: EditedPrompt;
  };

  /** Why a change was not made, and the utterance as somebody else saved it. */
  type ConflictView = {
    message: string;
    theirs: EntryView;
  };

  /** `said` None is a word that nobody said, `heard` None one that was lost. */
  type Confusion = {
    said: string | null;
    heard: string | null;
    count: number;
    utterances: string[];
  };

  /** What a lesson begins with; `note` is a hint about the engine, or empty. */
  type Defaults = {
    prompt: string;
    model: string;
    note: string;
  };

  /** What the table of a visitor's run shows of an attempt. */
  type DemoRow = {
    utterance_id: string;
    verdict: string;
    word_errors: number | null;
    reference_words: number;
    said: string;
    heard: string;
  };

  /** How far a visitor's run is; its rates and rows once it is complete. */
  type DemoRunView = {
    state: "waiting" | "running" | "complete" | "stopped" | "failed";
    message: string;
    rates: RateRow[];
    rows: DemoRow[];
  };

  /** A line of either prompt; `pieces` are its parts, each with whether it was changed. */
  type DifferenceLine = {
    kind: "same" | "removed" | "added" | "skipped";
    pieces: [string, boolean][];
  };

  /** Where two formulas part, as stretches of either. */
  type DifferenceView = {
    meant: Span[];
    written: Span[];
  };

  type Edit = {
    transcript: string;
    latex: string[];
    id: string;
    revision: string;
  };

  /** What was typed; `parent` is the content hash of the version that it began with. */
  type EditedPrompt = {
    name: string;
    description?: string;
    parent?: string;
    instructions: string;
    settings: PromptSettingsBody;
  };

  /** Why a lesson is over, in a sentence for the visitor. */
  type Ending = {
    state: "idle" | "lost" | "refused";
    message: string;
  };

  /** What answers lessons, and whether it is ready. */
  type EngineView = {
    name: string;
    state: "starting" | "ready" | "failed";
    message: string;
  };

  /** One utterance; `readings` are its accepted `latex` typeset, `clip` its recording. */
  type EntryView = {
    id: string;
    line: number;
    revision: string;
    transcript: string;
    latex: string[];
    readings: ((TypesetView | ProseView)[])[];
    tags: Record<string, string>;
    clip: string;
  };

  /** Something wrong, with the utterance, the line or the file that it is about. */
  type FindingView = {
    sentence: string;
    line: number | null;
    id: string | null;
    file: string | null;
  };

  /** The first findings, and how many there are. */
  type FindingsView = {
    n_findings: number;
    findings: FindingView[];
  };

  /** One formula, without dollar signs. */
  type FormulaToSay = {
    latex: string;
  };

  /** A formula of a transcript, and the close readings that may have been meant instead. */
  type FormulaView = {
    latex: string;
    mathml: string | null;
    source: "model" | "spoken" | "delimiters" | "chosen";
    label: string;
    provisional: boolean;
    alternatives: TypesetView[];
  };

  /** The server of LIVEKIT_URL. */
  type FromEnvironment = {
    by: "environment";
  };

  /** A dataset of the Hub, and which rows of it. */
  type FromHub = {
    name: string;
    repository: string;
    part?: string;
    language?: string;
    limit?: number | null;
  };

  /** What was said, and each LaTeX that is accepted for it. */
  type Gold = {
    transcript: string;
    latex: string[];
  };

  /** The readings typeset, and a sentence for each thing that is wrong with them. */
  type GoldPreview = {
    readings: ((TypesetView | ProseView)[])[];
    problems: string[];
  };

  /** As browsers take it. */
  type IceServer = {
    urls: string[];
    username?: string;
    credential?: string;
  };

  /** The new dataset. */
  type ImportedView = {
    name: string;
    n_utterances: number;
  };

  type InRoom = {
    entry: FromEnvironment | TypedKey | PastedToken;
    room: string;
  };

  /** How far one run of a trial is; the counts are there while it is remembered. */
  type JobView = {
    run_id: string;
    name: string;
    state: "waiting" | "running" | "complete" | "stopped" | "failed" | "running" | "complete" | "stopped" | "gone";
    problem: string;
    done?: number;
    total?: number;
    no_answer?: number;
    failed?: number;
    remaining_sec?: number | null;
  };

  type Join = {
    code: string;
  };

  /** Where a student joins the room, once. */
  type JoinLink = {
    path: string;
  };

  /** A LiveKit server, and what lets the student into one room of it. */
  type JoinPass = {
    url: string;
    token: string;
  };

  /** One run against the baseline; `folders` are both, to be opened side by side. */
  type JudgedView = {
    baseline: string;
    run: string;
    folders: string[];
    verdict: string;
    note: string;
  };

  /** A turn to keep, and the dataset that it goes into. */
  type Kept = {
    segment_id: string;
    dataset: string;
  };

  /** A new version, and others that were made from the same one. */
  type KeptPrompt = {
    reference: string;
    siblings: string[];
  };

  /** The utterance that a recording has become. */
  type KeptRecording = {
    id: string;
  };

  /** The utterance that a turn has become. */
  type KeptTurn = {
    id: string;
    dataset: string;
  };

  /** Seconds from the end of the student's turn to one event, over `n` attempts. */
  type Latency = {
    event: string;
    median_sec: number;
    p95_sec: number;
    n: number;
  };

  /** How long after the turn's end its formula and the tutor's voice came, once they have. */
  type LatencyView = {
    formula_ms?: number;
    first_audio_ms?: number;
  };

  /** How many lessons are under way, and how many may be. */
  type LessonsView = {
    running: number;
    at_most: number;
  };

  /** One dataset as the list shows it; one's own can be changed. */
  type Listed = {
    name: string;
    n_utterances: number;
    is_own: boolean;
  };

  /** The utterances that were spoken. */
  type MadeUtterances = {
    ids: string[];
  };

  /** A reading that the page offered for one formula of a segment, counted from 0. */
  type Meant = {
    segment_id: string;
    formula: number;
    latex: string;
  };

  /** A sentence for the visitor. */
  type Message = {
    message: string;
  };

  /** A dataset that is there now. */
  type NamedDataset = {
    name: string;
  };

  type NewDataset = {
    name: string;
  };

  type NewLesson = {
    prompt: string;
    model: string;
    patience_ms: number;
  };

  /** A remark, made in the knowledge of `n_seen` earlier ones on the same utterance. */
  type NewRemark = {
    remark: Remark;
    n_seen: number;
  };

  type NewRun = {
    prompt: string;
    n_clips: number;
  };

  /** The visitor has no run. */
  type NoRunView = {
    state: null;
  };

  type Offer = {
    sdp: string;
    type: string;
  };

  type OnServer = {
    entry: FromEnvironment | TypedKey | PastedToken;
  };

  type OneClip = {
    edited: EditedPrompt;
    dataset: string;
    utterance_id: string;
  };

  /** A clip's shape in time, and the seconds from its end to each event of the answer. */
  type OutlineView = {
    duration_sec: number;
    speech_end_sec: number | null;
    peaks: number[];
    waits: (number | null)[];
  };

  type OwnKey = {
    key: string;
  };

  /** What the page's rows have after the columns of `Row`. */
  type PageCells = {
    cell: string | null;
    waits: (number | null)[];
    remarked: number;
    corrected: boolean;
    marks: string[];
    tags: string[];
  };

  /** Lets one participant into one room; it can list and dispatch nothing. */
  type PastedToken = {
    by: "token";
    url: string;
    token: string;
  };

  /** The slider's bounds, step and beginning, in ms. */
  type PatienceView = {
    minimum: number | null;
    maximum: number | null;
    step: number | null;
    value: number;
  };

  /** A visible participant. */
  type Person = {
    identity: string;
    role: "student" | "tutor" | "agent";
  };

  /** In which words a formula can be spoken, the voices, and the noises by name. */
  type PhrasingsView = {
    phrasings: string[];
    voices: string[];
    conditions: Record<string, string>;
  };

  /** What a trial takes; `runs` are its tutors' names. */
  type PlannedView = {
    runs: string[];
    n_utterances: number;
    n_sessions: number;
    audio_sec: number;
    tokens_in: number;
    tokens_out: number;
    cost_usd: number | null;
    wall_clock_sec: number;
  };

  /** The two headline rates of a run. */
  type PromptRates = {
    exact: Rate;
    wer: Rate;
  };

  /** One run of a version; `is_part`: of chosen utterances. */
  type PromptRun = {
    id: string;
    began: string;
    dataset: string;
    is_part: boolean;
    model: string;
    engine: string;
    depth: string;
    status: "running" | "complete" | "stopped";
    n_utterances: number;
  };

  /** Settings that one prompt brings along; None and empty leave them to whoever runs it. */
  type PromptSettings = {
    model: string | null;
    voice: string | null;
    temperature: number | null;
    silence_ms: number | null;
    vocabulary: string[];
    tool_description: string | null;
  };

  /** Settings that one prompt brings along; None and empty leave them to whoever runs it. */
  type PromptSettingsBody = {
    model?: string | null;
    voice?: string | null;
    temperature?: number | null;
    silence_ms?: number | null;
    vocabulary?: string[];
    tool_description?: string | null;
  };

  /** One version as the editor is filled; `parent` is its own content's hash. */
  type PromptText = {
    name: string;
    description: string;
    parent: string;
    instructions: string;
    settings: PromptSettings;
  };

  /** One version without its text; `hash` is of its content, `parent` that of its origin. */
  type PromptView = {
    reference: string;
    name: string;
    version: string;
    is_draft: boolean;
    description: string;
    note: string;
    date: string;
    parent: string;
    hash: string;
    runs: PromptRun[];
  };

  /** Every version, and all that the editor offers. */
  type PromptsView = {
    prompts: PromptView[];
    problems: string[];
    note: string;
    models: string[];
    tutors: string[];
    vocabulary_models: string[];
    datasets: string[];
    settings: SettingField[];
    default_model: string;
  };

  /** Words between formulas. */
  type ProseView = {
    text: string;
  };

  /** A rate over `n` utterances with its 95 % interval. */
  type Rate = {
    value: number | null;
    low: number | null;
    high: number | null;
    n: number;
  };

  type RateRow = [string, string, string];

  /** What is to be known of one utterance of a run. */
  type Remark = {
    utterance_id: string;
    tags?: string[];
    transcript?: string | null;
    latex?: string[] | null;
    at?: string;
  };

  /** One room and its participants, in the order in which they joined. */
  type RoomListing = {
    name: string;
    people: Person[];
  };

  /** One attempt; None where nothing is known, text raw, formulas as LaTeX. */
  type Row = {
    utterance_id: string;
    phrase_id: string;
    epoch: number;
    status: "ok" | "cut_off" | "no_answer" | "failed";
    verdict: string;
    is_right: boolean | null;
    reason: string;
    tier: string | null;
    exact_spoken: boolean | null;
    exact_strict: boolean | null;
    equivalent: boolean | null;
    similarity: number | null;
    is_heard: boolean;
    is_understood: boolean;
    word_errors: number | null;
    reference_words: number;
    prose_errors: number | null;
    said: string;
    heard: string;
    accepted: string[];
    understood: string[];
    words_only: string[];
    answer: string;
    answer_words: number | null;
    first_audio_sec: number | null;
    answer_remarks: string[];
    answer_file: string | null;
    error: string;
    tags: Record<string, string>;
  };

  /** What is told of a kept run's attempt, too: where its formulas part, the answer's sound. */
  type RunAttemptParts = {
    difference: DifferenceView | null;
    answer_clip: string | null;
  };

  type RunNames = {
    runs: string[];
  };

  /** One field; `unset` stands there while nothing is set, None is a bound that there is not. */
  type SettingField = {
    name: string;
    label: string;
    kind: "number" | "text" | "words" | "choice";
    unset: string;
    minimum: number | null;
    maximum: number | null;
    step: number | null;
    max_chars: number | null;
    choices: string[];
  };

  /** A stretch of a formula's canonical writing. */
  type Span = {
    kind: "same" | "changed" | "missing" | "added";
    text: string;
  };

  /** Counts as labels and values, of the whole and by tag. */
  type StatsView = {
    counts: [string, string][];
    tags: TagCounts[];
  };

  /** How a lesson stands, in a word and in a sentence. */
  type StatusView = {
    state: "connecting" | "listening" | "speaking" | "reconnecting";
    message: string;
  };

  /** One step from the words said to the words heard. */
  type StepView = {
    kind: "hit" | "substitution" | "deletion" | "insertion";
    said: string | null;
    heard: string | null;
  };

  /** How many utterances have which value of one tag, the most frequent first. */
  type TagCounts = {
    name: string;
    values: [string, number][];
  };

  type ToKeep = {
    edited: EditedPrompt;
    note?: string;
  };

  /** One segment so far; a formula is None where the page shows it in that place already, and all of them are where it keeps those that it shows. */
  type TranscriptView = {
    segment_id: string;
    speaker: "student" | "tutor";
    text: string;
    is_final: boolean;
    formulas: (FormulaView | null)[] | null;
  };

  /** What has come of a clip so far. */
  type TrialNews = {
    kind: "news";
    text: string;
    formulas: TypesetView[];
    answer: string;
  };

  /** Why no more comes. */
  type TrialProblem = {
    kind: "problem";
    message: string;
  };

  /** How far a trial is; it is judged once every run is complete. */
  type TrialView = {
    jobs: JobView[];
    judged: JudgedView[];
  };

  /** All that came; `shown` are the tutor's formulas, `sound` its answer as WAV in base64. */
  type TrialWhole = {
    kind: "whole";
    attempt: Record<string, unknown>;
    answer: string;
    shown: TypesetView[];
    sound: string | null;
    timings_ms: Record<string, number>;
    ours_ms: number;
  };

  type Typed = {
    text: string;
  };

  /** Used for this one request, kept nowhere. */
  type TypedKey = {
    by: "key";
    url: string;
    api_key: string;
    api_secret: string;
  };

  /** LaTeX and its MathML, None when KaTeX can't read it. */
  type TypesetView = {
    latex: string;
    mathml: string | null;
  };

  /** What the page takes at once. */
  type UploadLimits = {
    upload_bytes: number;
  };

  /** Who answers this visitor, and whether it is with a key of their own. */
  type VisitView = {
    engine: string;
    has_key: boolean;
  };

  /** `against` are versions, the baseline first; the edited prompt is compared with it too. */
  type WantedTrial = {
    edited: EditedPrompt;
    against: string[];
    models?: string[];
    dataset: string;
    sample?: number | null;
    seed?: number;
    wrong_in?: string;
    epochs?: number;
    concurrency?: number;
  };

  /** In which words, voices and noises it is to be spoken. */
  type WantedUtterances = {
    latex: string;
    transcripts: string[];
    voices: string[];
    conditions: string[];
  };

  type WithTutor = {
    entry: FromEnvironment | TypedKey | PastedToken;
    room: string;
    prompt: string;
    model: string;
    problem?: string;
  };
}
