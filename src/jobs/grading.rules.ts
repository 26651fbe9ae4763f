export type Grade = 'green' | 'amber' | 'red'

export type Load = { waiting: number; oldestWaitingSeconds: number; workersAlive: number }

/** How the queue is doing, and in words why it is not green. */
export function gradeOf({ waiting, oldestWaitingSeconds, workersAlive }: Load): { grade: Grade; reasons: string[] } {
  const found: { grade: Grade; reason: string }[] = [
    { grade: waiting > 5_000 ? 'red' : waiting > 1_000 ? 'amber' : 'green', reason: `${waiting} jobs wait` },
    {
      grade: oldestWaitingSeconds > 1_800 ? 'red' : oldestWaitingSeconds > 600 ? 'amber' : 'green',
      reason: `the oldest has waited for ${Math.round(oldestWaitingSeconds / 60)} minutes`,
    },
    { grade: workersAlive > 0 ? 'green' : waiting > 0 ? 'red' : 'amber', reason: 'no worker runs' },
  ]
  const reasons = found.filter((one) => one.grade !== 'green')
  const grade = reasons.some((one) => one.grade === 'red') ? 'red' : reasons.length > 0 ? 'amber' : 'green'
  return { grade, reasons: reasons.map(({ reason }) => reason) }
}
