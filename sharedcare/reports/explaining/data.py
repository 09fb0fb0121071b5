"""The explanation of one need put into its JSON document."""

import json
from collections.abc import Iterable, Sequence

from sharedcare.flows import Fact, Step
from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.flows.why.deciding import Deciding
from sharedcare.flows.why.explanation import Explanation, Knower
from sharedcare.flows.why.frontier import Blocked, Frontier
from sharedcare.flows.why.labels import Label
from sharedcare.flows.why.lacking import Lacking, Loss
from sharedcare.flows.why.nearest import NearestMiss
from sharedcare.flows.why.relaxations import Relaxations
from sharedcare.flows.why.robustness import (
    ItemRobustness,
    Limit,
    Robustness,
    RouteCount,
    SinglePoint,
    Slack,
    WeakestHop,
)
from sharedcare.quantities import as_number
from sharedcare.reports.document import Interval, Number, need_part
from sharedcare.reports.explaining.document import (
    SCHEMA_VERSION,
    BlockedPart,
    DecidingPart,
    ExplanationDocument,
    FactPart,
    FrontierPart,
    ItemRobustnessPart,
    KnowerPart,
    LabelPart,
    LackingPart,
    LossPart,
    NearestPart,
    RelaxationsPart,
    RobustnessPart,
    RouteStepPart,
    SettledPart,
    SinglePointPart,
    SlackPart,
    SourceRoutesPart,
    WeakestHopPart,
)
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.words.asking import fact_question
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.plain_sentences import plain_sentences
from sharedcare.vocabulary import Family, Form, Reason


def explanation_document(
    found: Explanation, names: Names, provenance: Provenance
) -> ExplanationDocument:
    """Put an explanation into its document."""
    return ExplanationDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=provenance.version,
        as_of=names.landscape.as_of,
        profile_digest=provenance.digest or None,
        need=need_part(found.verdict),
        sentences=[names.in_words(words) for words in plain_sentences(found, names)],
        robustness=None if found.robustness is None else _robustness(found.robustness),
        relaxations=None if found.relaxations is None else _relaxations(found.relaxations),
        frontiers=[_frontier(one) for one in found.frontiers],
        nearest=[_nearest(one) for one in found.nearest],
        lacking=[_lacking(one) for one in found.lacking],
        deciding=None if found.deciding is None else _deciding(found.deciding, found, names),
    )


def render_explanation_json(found: Explanation, names: Names, provenance: Provenance) -> str:
    """Return the document as text: same input, same bytes."""
    made = explanation_document(found, names, provenance).model_dump(mode="json", by_alias=True)
    return json.dumps(made, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _amount(value: Time | None) -> Number | None:
    """An amount as a JSON number; without end, or none at all, null."""
    if value is None or value == ENDLESS:
        return None
    return value if isinstance(value, int | float) else as_number(value)


def _path(
    path: Sequence[Step], broken: Sequence[tuple[Reason, ...]] | None = None
) -> list[RouteStepPart]:
    reasons = broken or [()] * len(path)
    return [_step(step, told) for step, told in zip(path, reasons, strict=True)]


def _step(step: Step, broken: tuple[Reason, ...]) -> RouteStepPart:
    return RouteStepPart(
        place=step.place,
        flow=step.flow,
        age=_amount(step.age),
        wait=_amount(step.wait),
        form=step.form.word,
        reach=as_number(step.reach),
        rekeys=step.rekeys,
        cover=step.cover,
        open=list(step.open),
        broken=[reason.value for reason in broken],
    )


def _robustness(found: Robustness) -> RobustnessPart:
    return RobustnessPart(
        items=[_item(one) for one in found.items],
        single_points=[_single_point(one) for one in found.single_points],
    )


def _single_point(found: SinglePoint) -> SinglePointPart:
    return SinglePointPart(
        kind=found.kind,
        id=found.id,
        verdict_after=found.verdict_after.value,
        low_after=found.low_after.value,
        high_after=found.high_after.value,
    )


def _item(found: ItemRobustness) -> ItemRobustnessPart:
    return ItemRobustnessPart(
        category=found.category,
        required=found.required,
        source=found.source,
        sure=found.sure,
        path=_path(found.path),
        slacks=[_slack(one) for one in found.slacks],
        weakest_hop=None if found.weakest_hop is None else _weakest(found.weakest_hop),
        routes=[
            SourceRoutesPart(
                organisation=one.organisation, apart=_count(one.apart), ways=_count(one.ways)
            )
            for one in found.routes
        ],
    )


def _slack(found: Slack) -> SlackPart:
    if found.limit is Limit.FORM:
        used, allowed = Form(int(found.used)).word, Form(int(found.allowed)).word
        return SlackPart(limit="form", used=used, allowed=allowed, left=None, share=None)
    return SlackPart(
        limit=found.limit.value,
        used=_amount(found.used),
        allowed=_amount(found.allowed),
        left=_amount(found.left),
        share=_amount(found.share),
    )


def _weakest(found: WeakestHop) -> WeakestHopPart:
    limit = found.limit.value if found.limit else None
    return WeakestHopPart(step=found.step, limit=limit, conformance=found.conformance)


def _count(found: RouteCount) -> Interval:
    return Interval(low=found.at_least, high=found.at_most)


def _families(families: Iterable[Family]) -> list[str]:
    chosen = frozenset(families)
    return [family.value for family in Family if family in chosen]


def _relaxations(found: Relaxations) -> RelaxationsPart:
    return RelaxationsPart(
        sets=[_families(one) for one in found.sets],
        at_best=found.at_best,
        complete=found.complete,
    )


def _frontier(found: Frontier) -> FrontierPart:
    return FrontierPart(
        item=found.position,
        category=found.category,
        source=found.source,
        at_best=found.at_best,
        settled=[SettledPart(fact=str(fact), good=good) for fact, good in found.settled],
        starts=list(found.starts),
        refused=[_blocked(one) for one in found.refused],
        reached=list(found.reached),
        labels=[_label(one) for one in found.labels],
        blocked=[_blocked(one) for one in found.blocked],
        dead_ends=list(found.dead_ends),
        complete=found.complete,
    )


def _label(found: Label) -> LabelPart:
    return LabelPart(
        place=found.place,
        phase=found.phase.word,
        moved=found.moved,
        form=found.form.word,
        age=_amount(found.age),
        wait=_amount(found.wait),
        rekeys=found.rekeys,
    )


def _blocked(found: Blocked) -> BlockedPart:
    return BlockedPart(
        flow=found.flow,
        from_=found.from_,
        to=found.to,
        reasons=[reason.value for reason in found.reasons],
        leads_on=found.leads_on,
        age=_amount(found.age),
        wait=_amount(found.wait),
        rekeys=found.rekeys,
        form=None if found.form is None else found.form.word,
        history=_amount(found.history),
        capacity=_amount(found.capacity),
    )


def _nearest(found: NearestMiss) -> NearestPart:
    return NearestPart(
        item=found.position,
        category=found.category,
        source=found.source,
        path=_path(found.path, found.broken),
        let_go=_families(found.let_go),
    )


def _lacking(found: Lacking) -> LackingPart:
    return LackingPart(
        item=found.position,
        category=found.category,
        organisation=found.organisation,
        reached=as_number(found.reached),
        instances=found.instances,
        losses=[_loss(one) for one in found.losses],
        on_paper=list(found.on_paper),
    )


def _loss(found: Loss) -> LossPart:
    return LossPart(
        kind=found.kind,
        id=found.id,
        key=found.key,
        share=as_number(found.share),
        of=None if found.of is None else list(found.of),
        organisation=found.organisation,
        known=found.known,
    )


def _deciding(decided: Deciding, found: Explanation, names: Names) -> DecidingPart:
    return DecidingPart(
        facts=[_fact(knower, names) for knower in found.knowers],
        if_good=[_facts(one) for one in decided.if_good],
        to_good=decided.to_good.value,
        if_bad=[_facts(one) for one in decided.if_bad],
        to_bad=decided.to_bad.value,
        complete=decided.complete,
    )


def _facts(facts: Iterable[Fact]) -> list[str]:
    return [str(fact) for fact in sorted(facts)]


def _fact(knower: Knower, names: Names) -> FactPart:
    return FactPart(
        fact=str(knower.fact),
        question=names.in_words(fact_question(names.landscape, knower.fact)),
        ask=[KnowerPart(kind=kind, id=key) for kind, key in knower.who],
    )
