-- A rating leaves a receipt like any other act of an applicant: the entry of the ledger that holds it (S78).
alter table matter_receipt drop constraint matter_receipt_kind_check;
alter table matter_receipt add constraint matter_receipt_kind_check
  check (kind in ('submission', 'handover', 'document', 'objection', 'correction', 'rating'));
