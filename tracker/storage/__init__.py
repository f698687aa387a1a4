"""Where records are kept: the only commit, the locks in one order, and the column types both databases share."""
