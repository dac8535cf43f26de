"""The report: one self-contained HTML page out of a directory of lines, laid out as the 2022 paper was.

markup escapes, facts keeps what each number rests on, tables and csvs draw and export frames, figures draws plots into
the page, study computes each measure once, sections/ holds one small module a section, page is the frame around them,
build puts them together, pdf prints the page through the browser at hand.
"""
