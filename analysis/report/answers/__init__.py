"""The answers, a sentence or two each, in the numbers that the frames give.

The introduction, the sections and the list of questions say the same because all ask here. An answer that the data do
not give raises AnalysisError.
"""
