import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { inLanguage, language } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { callAuth } from './auth.ts'
import styles from './identity.module.css'
import { QrCode } from './QrCode.tsx'
import { useText } from './text.ts'
import { VisitorPage } from './VisitorPage.tsx'

interface Begun {
  totpURI: string
  backupCodes: readonly string[]
}

/** Confirm with the password, scan, prove with a code, keep the backup codes. */
export function SecondFactorPage() {
  const text = useText()
  const { actor } = useSession()
  const [begun, setBegun] = useState<Begun>()
  const [proven, setProven] = useState(false)
  if (actor.kind !== 'account') return <VisitorPage title={text.enrol.title} />
  return (
    <Page
      title={text.enrol.title}
      lede={text.enrol.lede}
      width="prose"
      crumbs={[{ text: text.account.title, href: '/account' }]}
    >
      {actor.enrolled && !proven ? (
        <Notice tone="met">{text.enrol.already}</Notice>
      ) : begun === undefined ? (
        <Confirm onBegun={setBegun} />
      ) : proven ? (
        <BackupCodes codes={begun.backupCodes} />
      ) : (
        <Scan uri={begun.totpURI} onProven={() => setProven(true)} />
      )}
    </Page>
  )
}

function Confirm({ onBegun }: { readonly onBegun: (begun: Begun) => void }) {
  const text = useText()
  const [password, setPassword] = useState('')
  const begin = useMutation({
    // An account that only ever signs on elsewhere has no password to give.
    mutationFn: () => callAuth<Begun>('/two-factor/enable', password === '' ? {} : { password }),
    onSuccess: onBegun,
  })
  return (
    <Section title={text.enrol.confirm}>
      <Form
        onSubmit={() => begin.mutate()}
        error={begin.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={begin.isPending}>
            {text.enrol.begin}
          </Button>
        }
      >
        <TextField
          name="password"
          type="password"
          autoComplete="current-password"
          label={text.enrol.password}
          value={password}
          onChange={setPassword}
          required
        />
      </Form>
    </Section>
  )
}

function Scan({ uri, onProven }: { readonly uri: string; readonly onProven: () => void }) {
  const text = useText()
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const prove = useMutation({
    mutationFn: () => callAuth('/two-factor/verify-totp', { code: code.replaceAll(/\s/gu, '') }),
    onSuccess: onProven,
  })
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const submit = () => {
    const wrong = code.replaceAll(/\s/gu, '').length !== 6
    prove.reset()
    setMissing(wrong)
    if (!wrong) prove.mutate()
  }
  return (
    <Section title={text.enrol.scan} note={text.enrol.scanNote}>
      <div className={styles.flow}>
        <QrCode text={uri} label={text.enrol.qr} />
        <details>
          <summary>{text.enrol.byHand}</summary>
          <p>
            <code>{secret.match(/.{1,4}/gu)?.join(' ')}</code>
          </p>
        </details>
        <Form
          onSubmit={submit}
          errors={missing ? [{ field: 'code', message: text.problem.code }] : []}
          error={prove.error}
          text={text.errors}
          actions={
            <Button kind="primary" type="submit" busy={prove.isPending}>
              {text.enrol.finish}
            </Button>
          }
        >
          <TextField
            name="code"
            label={text.enrol.code}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={7}
            required
          />
        </Form>
      </div>
    </Section>
  )
}

function BackupCodes({ codes }: { readonly codes: readonly string[] }) {
  const text = useText()
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`
  return (
    <Section title={text.enrol.keep} note={text.enrol.keepNote}>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <a href={file} download={text.enrol.fileName}>
          {text.enrol.download}
        </a>
      </p>
      <Button kind="primary" onClick={() => location.assign(inLanguage('/account', language))}>
        {text.enrol.kept}
      </Button>
    </Section>
  )
}
