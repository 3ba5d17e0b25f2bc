import { useQueryClient } from '@tanstack/react-query'
import { api } from '../app/api.ts'

/** Reads everything of the plan again after an act, so that no page shows what was; answers what to say of the act. */
export function useRefreshed() {
  const queryClient = useQueryClient()
  return async (said: string) => {
    await queryClient.invalidateQueries({ queryKey: api.plan.key() })
    return said
  }
}
