"""Identities as distinct types: never a bare ``str`` across a border."""

from typing import NewType

ArmCode = NewType("ArmCode", str)
DisposalId = NewType("DisposalId", str)
DoseId = NewType("DoseId", str)
KitNumber = NewType("KitNumber", str)
KitTypeCode = NewType("KitTypeCode", str)
LabelId = NewType("LabelId", str)
PersonId = NewType("PersonId", str)
PositionId = NewType("PositionId", str)
ShipmentId = NewType("ShipmentId", str)
SiteCode = NewType("SiteCode", str)
StageCode = NewType("StageCode", str)
SubjectId = NewType("SubjectId", str)
VisitCode = NewType("VisitCode", str)
