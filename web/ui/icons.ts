/**
 * Icons by what they stand for here, so that one meaning keeps one picture. Each is decoration beside a word: `Icon`
 * components are hidden from screen readers by lucide itself.
 */
export {
  AlertTriangle as RiskIcon,
  ArrowDown as DownIcon,
  ArrowUp as UpIcon,
  BadgeCheck as ProofIcon,
  Bell as NoticesIcon,
  BookOpen as PlanIcon,
  ChartNoAxesColumn as BoardIcon,
  Check as MetIcon,
  ChevronDown as ExpandIcon,
  ChevronRight as SeparatorIcon,
  Clock as LateIcon,
  Copy as CopiesIcon,
  ClipboardList as TasksIcon,
  Download as DownloadIcon,
  ExternalLink as OutsideIcon,
  EyeOff as MaskedIcon,
  House as HomeIcon,
  Inbox as QueueIcon,
  Store as CounterIcon,
  Info as InfoIcon,
  LoaderCircle as BusyIcon,
  Menu as MenuIcon,
  Minus as NeutralIcon,
  Search as SearchIcon,
  Send as OutboxIcon,
  Settings as SettingsIcon,
  ShieldCheck as SecurityIcon,
  Table2 as TableIcon,
  Upload as ImportIcon,
  Users as PartiesIcon,
  WifiOff as OfflineIcon,
  X as CloseIcon,
} from 'lucide-react'
export type { LucideIcon as Icon } from 'lucide-react'
