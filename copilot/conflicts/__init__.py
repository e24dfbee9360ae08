"""Where two mentors of one mentee cannot both be followed."""

from copilot.conflicts.json import conflict_to_json, conflicts_to_json, pairs_to_json
from copilot.conflicts.scan import ScanResult, judge_pairs, scan

__all__ = ["ScanResult", "conflict_to_json", "conflicts_to_json", "judge_pairs", "pairs_to_json", "scan"]
