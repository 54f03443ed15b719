// Opens onnxruntime sessions over graphs whose weights lie in files elsewhere.
import { InferenceSession } from 'onnxruntime-node';
import { keptOutputs, type ProviderOptions } from './providers.ts';

export type ProfileOptions = Pick<InferenceSession.SessionOptions, 'enableProfiling' | 'profileFilePrefix'>;
export type SessionOptions = ProviderOptions & ProfileOptions;
/**
 * `device`, as by default: where the model runs. `kept`: there, and what comes out stays there as well. `cpu`: for what is
 * a look-up.
 */
export type Place = 'device' | 'kept' | 'cpu';
export type OpenSession = (graph: Uint8Array, place?: Place) => Promise<InferenceSession>;

export const CPU: SessionOptions = { executionProviders: ['cpu'] };

/** What onnxruntime warns of, such as nodes that a device doesn't take, is told by us where it matters. */
const ERRORS = 3;

/**
 * What onnxruntime is not to do to a graph: to turn products back whose second factor isn't to be the weights (see
 * graph/layers.ts), and to arrange anew, in a copy, the weights and planes of the one convolution.
 */
const UNWANTED = ['GemmTransposeFusion', 'NchwcTransformer', 'BiasGeluFusion'];

export interface WeightAccess {
  /** The folder that the graphs' locations of weights are relative to. */
  readonly root: string;
  /**
   * True: the weights are used as they lie in the file, so it is mapped and costs no memory of its own.
   * False: they are converted while loading, and packed for speed as they then are copies anyway.
   */
  readonly mapped: boolean;
}

export function sessionOpener({ root, mapped }: WeightAccess, device: SessionOptions): OpenSession {
  const session = {
    model_external_initializers_file_folder_path: root,
    // Waiting threads that spin took half the CPU, and on busy cores made answers four times as slow.
    intra_op: { allow_spinning: '0' },
    ...(mapped && { disable_prepacking: '1' }),
  };
  const optimization = { disable_specified_optimizers: UNWANTED.join(';') };
  const places: Record<Place, InferenceSession.SessionOptions> = {
    device,
    kept: { ...device, ...keptOutputs(device) },
    cpu: CPU,
  };
  // What a run needs goes back to the system after it: the arena would keep the most that any run ever needed. And it is
  // taken piece by piece: all at once, as planned, it would be twice as much.
  return (graph, place = 'device') =>
    InferenceSession.create(graph, {
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: ERRORS,
      ...places[place],
      extra: { session, optimization },
    });
}

/** Opens what takes several sessions. Where that fails, all are given back: the next attempt may need their memory. */
export async function openAll<Opened>(
  open: OpenSession,
  use: (open: OpenSession) => Promise<Opened>,
): Promise<Opened> {
  const sessions: InferenceSession[] = [];
  try {
    return await use(async (...graph) => {
      const session = await open(...graph);
      sessions.push(session);
      return session;
    });
  } catch (error) {
    await Promise.allSettled(sessions.map((session) => session.release()));
    throw error;
  }
}
