"""A flow as people speak of it: by its name, else from where to where and by which means."""

from sharedcare.landscape import Flow, Landscape

#: How a mechanism is spoken of after "by"; others are spoken of by their own word.
_MEANS = {
    "fhir_rest": "FHIR request",
    "fhir_messaging": "FHIR message",
    "hl7v2": "HL7 v2 message",
    "mesh": "MESH message",
    "ihe_xds": "IHE document sharing",
    "document_feed": "document feed",
    "api": "programming interface",
    "in_context_launch": "a window in the record",
    "separate_login": "a separate login",
    "carried_by_person": "hand",
}


def means(flow: Flow) -> str:
    """Say by which means a flow goes; where that is not said, in which mode."""
    mechanism = flow.mechanism or flow.mode.value
    return _MEANS.get(mechanism, mechanism.replace("_", " "))


def ends(landscape: Landscape, flow: Flow) -> str:
    """Say from where to where a flow goes."""
    return f"from {landscape.place_label(flow.from_)} to {landscape.place_label(flow.to)}"


def flow_words(landscape: Landscape, flow_id: str) -> str:
    """Return a flow's name, or ``the flow from Ward nurse to Senior carer by phone``."""
    flow = landscape.flows[flow_id]
    by = f" by {means(flow)}" if flow.mechanism else ""
    return flow.name or f"the flow {ends(landscape, flow)}{by}"
