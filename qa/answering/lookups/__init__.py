"""What is looked up rather than weighed: questions that the texts' titles, days, citations, acts and very words answer.

Each module reads one kind of question and gives paragraphs, with how certain they are and a note, or nothing for other questions; `first`
asks them in order.
"""
