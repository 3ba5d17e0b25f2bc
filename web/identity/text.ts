import { isRole, type Role, ROLES } from '../../src/identity/roles.ts'
import { either, useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export function useText() {
  return useMessages({ zh, en })
}

export function roleName(role: string): string {
  return isRole(role) ? either(ROLES[role]) : role
}

export function asRole(name: string): Role | undefined {
  return isRole(name) ? name : undefined
}
