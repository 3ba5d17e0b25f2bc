-- The figure of owners is computed anew when their register changes, and only then.
call watch_indicator_source('patent_owner');
