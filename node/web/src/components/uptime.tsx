import { useEffect, useRef, useState } from 'preact/hooks';
import { clock, span } from '../text/format';

interface Props {
  /** As the node last said. */
  seconds: number | null | undefined;
  running: boolean;
  words?: boolean;
}

/** A duration that goes on by itself between two answers of the node. */
export function Uptime({ seconds, running, words }: Props) {
  const said = useRef({ seconds, at: Date.now() });
  if (said.current.seconds !== seconds) said.current = { seconds, at: Date.now() };
  const [, draw] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => draw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [running]);
  const since = running ? (Date.now() - said.current.at) / 1000 : 0;
  const now = typeof seconds === 'number' ? seconds + since : seconds;
  return <span class="number">{words ? span(now) : clock(now)}</span>;
}
