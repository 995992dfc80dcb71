"""What is known of leg massage, as JSON: massage types, claims, needs and guides."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from reviews_app import browse
from reviews_app.api.shapes import Json, card_json, finding_json, source_json, sources_json
from reviews_app.catalogue import massage_types as catalogue
from reviews_app.catalogue.queries import cards
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.safety import Rule

bp = Blueprint("api_guidance", __name__, url_prefix="/api/v1")

MACHINES_SHOWN = 24


@bp.get("/types/<type_id>")
def show_type(type_id: str) -> Response:
    """A massage type: its rule, what evidence says, who should not, and its machines."""
    shelves = browse.Shelves()
    entry = catalogue.get_massage_type(type_id, shelves.counts("type"))
    best_documented = shelves.first(MACHINES_SHOWN, ("type", type_id), ("sort", "facts"))
    mechanisms = catalogue.mechanisms_of_type(entry.type, shelves.types_beside)
    ids = [mechanism.id for mechanism in mechanisms]
    own = [] if entry.type.mechanism_id is None else ids
    text = guidance.find_guide("type", type_id, _reference)
    return jsonify(
        id=entry.type.id,
        label=entry.type.label,
        summary=entry.type.summary,
        rule=entry.type.rule,
        mechanism=entry.type.mechanism_id,
        machines=entry.machines,
        machines_url=f"/api/v1/massagers?type={entry.type.id}",
        best_documented=[card_json(one) for one in cards(best_documented, shelves.main_currency)],
        findings=[finding_json(one) for one in guidance.findings_for(own)],
        contraindications=[_rule(one) for one in guidance.rules_for(ids)],
        needs=[
            {"need": one.need.id, "grade": one.grade, "why": one.why}
            for one in guidance.answers_of(own)
        ],
        text=text.guide.body if text else None,
    )


@bp.get("/claims/<claim_id>")
def show_claim(claim_id: str) -> Response:
    """A claim: the popular form, what evidence says instead, its grade for each mechanism."""
    sheet = guidance.get_claim(claim_id)
    return jsonify(
        id=sheet.claim.id,
        title=sheet.claim.title,
        popular_claim=sheet.claim.popular_claim,
        what_evidence_says=sheet.claim.what_evidence_says,
        takeaway=sheet.claim.takeaway,
        grade=sheet.claim.grade,
        findings=[finding_json(one) for one in sheet.findings],
        sources=sources_json(sheet.references),
        machines_url=f"/api/v1/massagers?claim={sheet.claim.id}",
    )


@bp.get("/needs/<need_id>")
def show_need(need_id: str) -> Response:
    """A need: what to do first, which mechanism helps how well, and with what care."""
    sheet = guidance.get_need(need_id)
    return jsonify(
        id=sheet.need.id,
        label=sheet.need.label,
        do_first=sheet.need.do_first,
        self_use=sheet.need.self_use,
        typical_use=sheet.need.typical_use,
        answers=[
            {
                "mechanism": one.mechanism.id,
                "types": [each.id for each in one.types],
                "grade": one.grade,
                "why": one.why,
                "sources": sources_json(one.references),
            }
            for one in sheet.answers
        ],
        cautions=[
            {"id": one.id, "name": one.name, "severity": one.severity} for one in sheet.cautions
        ],
        sources=sources_json(sheet.references),
        machines_url=f"/api/v1/massagers?need={sheet.need.id}",
    )


@bp.get("/guides/<slug>")
def show_guide(slug: str) -> Response:
    """An article: its Markdown with references by kind and id, its claims and its sources."""
    reading = guidance.get_guide(slug, _reference)
    guide = reading.guide
    return jsonify(
        slug=guide.slug,
        title=guide.title,
        summary=guide.summary,
        reviewed_on=guide.reviewed_on,
        review_due_on=guide.review_due_on,
        reading_minutes=reading.minutes,
        body=guide.body,
        claims=[
            {"id": sheet.claim.id, "title": sheet.claim.title, "grade": sheet.claim.grade}
            for sheet in reading.claims.values()
        ],
        sources=[source_json(one.source) for one in reading.references],
    )


def _reference(kind: str, id_: str) -> str:
    """A link as the Markdown has it: programs resolve kind and id themselves."""
    return f"{kind}:{id_}"


def _rule(rule: Rule) -> Json:
    one = rule.contraindication
    return {
        "id": one.id,
        "name": one.name,
        "severity": one.severity,
        "applies_to": one.applies_to,
        "why": one.why,
        "signs": one.signs,
        "basis": one.basis,
        "sources": sources_json(rule.references),
    }
