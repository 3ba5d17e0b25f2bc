/** c2sp.org/tlog-proof: a proof as a small text file that any verifier of that format reads. */
export function formatTlogProof(proof: {
  index: number
  hashes: readonly string[]
  checkpoint: string
}): string {
  return ['c2sp.org/tlog-proof@v1', `index ${proof.index}`, ...proof.hashes, '', proof.checkpoint].join('\n')
}
