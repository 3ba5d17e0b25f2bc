import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import {
  Empty,
  Failure,
  Late,
  Loading,
  NoRight,
  Offline,
  Partial,
  SignedOut,
  Skeleton,
} from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { Masked, MomentText, MoneyText, NumberText, ShareText, Unknown } from '../ui/values.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Gallery.module.css'

const SWATCHES = ['ink', 'paper', 'lake', 'celadon', 'amber', 'cinnabar'] as const

export function TypeSamples() {
  const { sample } = useMessages({ zh, en })
  return (
    <div className="prose">
      <h3>{sample.small}</h3>
      <p>{sample.prose}</p>
      <ul className={styles.swatches}>
        {SWATCHES.map((token, index) => (
          <li key={token} className={styles.swatch}>
            <span style={{ background: `var(--${token})` }} />
            {sample.colours[index]}
          </li>
        ))}
      </ul>
      <p className={styles.line}>
        <NumberText value={1234567.5} unit={sample.unit} />
        <ShareText value={0.1234} />
        <MoneyText fen={200_000_000_000} />
        <MoneyText fen={1_500_000_000} currency="USD" />
        <MoneyText fen={123_456} exact />
        <MomentText value="2026-11-22T06:32:00Z" />
        <Masked />
        <Unknown />
      </p>
    </div>
  )
}

export function ActionSamples() {
  const { sample } = useMessages({ zh, en })
  return (
    <div className={styles.stack}>
      <p className={styles.line}>
        <Button kind="primary">{sample.primary}</Button>
        <Button>{sample.plain}</Button>
        <Button kind="danger">{sample.danger}</Button>
        <Button kind="quiet">{sample.quiet}</Button>
        <Button kind="primary" busy>
          {sample.busy}
        </Button>
        <Button disabled>{sample.plain}</Button>
      </p>
      <p className={styles.line}>
        <TextLink href="/ui">{sample.link}</TextLink>
        <TextLink href="https://example.org/">{sample.outside}</TextLink>
        <ButtonLink href="/ui">{sample.link}</ButtonLink>
      </p>
    </div>
  )
}

const TONES = ['neutral', 'info', 'met', 'risk', 'late'] as const

export function BadgeSamples() {
  const { sample } = useMessages({ zh, en })
  return (
    <div className={styles.stack}>
      <p className={styles.line}>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {sample[tone]}
          </Badge>
        ))}
      </p>
      {TONES.map((tone) => (
        <Notice key={tone} tone={tone} title={sample.noticeTitle}>
          <p>{sample.notice}</p>
        </Notice>
      ))}
    </div>
  )
}

const refusal = { code: 'ALREADY_THERE', status: 409, data: {} }
const bug = { code: 'UNEXPECTED', status: 500, data: { reference: '019aa2f3-77aa' } }
const outage = { code: 'STORE_UNAVAILABLE', status: 503, data: { retryAfterSeconds: 2 } }
const nothing = () => undefined

export function StateSamples() {
  const { sample } = useMessages({ zh, en })
  const stale = { data: sample.notice, error: outage, isPending: false, refetch: nothing }
  return (
    <div className={styles.states}>
      <Skeleton lines={3} />
      <Loading />
      <Empty title={sample.emptyTitle}>{sample.emptyNext}</Empty>
      <Failure error={refusal} text={{ ALREADY_THERE: sample.refusal }} />
      <Failure error={bug} onRetry={nothing} />
      <Failure error={outage} onRetry={nothing} />
      <Offline onRetry={nothing} />
      <NoRight />
      <SignedOut />
      <Partial>{sample.partial}</Partial>
      <Late>{sample.lateNotice}</Late>
      <div>
        <Loaded query={stale}>{(words) => <p>{words}</p>}</Loaded>
      </div>
    </div>
  )
}
