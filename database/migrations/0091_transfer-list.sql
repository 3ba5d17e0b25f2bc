-- The list behind the transfers of the board is paged by this text; without it each first page sorts every transfer.
create index deal_patent_by_record on deal_patent ((deal_id::text || '/' || patent_number));
