"""The worked example of the written rules, as the dict that its YAML stands for."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "meta": {
        "title": "Discharge medicines in Anytown",
        "as_of": "2026-11-01",
        "jurisdiction": "england",
    },
    "organisations": {
        "hospital": {
            "name": "Anytown Hospital",
            "type": "acute",
            "sector": "health",
            "population": 200000,
        },
        "practices": {
            "name": "GP practices",
            "type": "primary_care",
            "sector": "health",
            "instances": 30,
            "population": 200000,
        },
        "council": {"name": "Anytown Council", "type": "local_authority", "sector": "social_care"},
    },
    "systems": {
        "epr": {
            "name": "Hospital record",
            "organisation": "hospital",
            "kind": "epr",
            "supplier": "Acme",
            "identity_domains": ["nhs_number"],
            "holds": {
                "medications.on_discharge": {
                    "form": "coded",
                    "authoritative": True,
                    "history": "5 y",
                    "written_up_in": "30 min",
                }
            },
        },
        "gp": {
            "name": "GP system",
            "organisation": "practices",
            "kind": "gp_system",
            "identity_domains": ["nhs_number"],
            "holds": {
                "medications.repeat": {"form": "coded", "authoritative": True, "history": "20 y"}
            },
        },
        "hub": {
            "name": "Shared record",
            "organisation": "hospital",
            "kind": "shared_record",
            "processor_for": "all",
        },
        "asc": {
            "name": "Social care system",
            "organisation": "council",
            "kind": "social_care_system",
            "identity_domains": ["local", "nhs_number"],
        },
    },
    "flows": {
        "epr_hub": {
            "from": "epr",
            "to": "hub",
            "mechanism": "fhir_rest",
            "mode": "push",
            "carries": {"medications": "coded"},
            "delay": "5 min",
        },
        "gp_hub": {
            "from": "gp",
            "to": "hub",
            "mechanism": "file",
            "mode": "batch",
            "interval": "1 d",
            "delay": "10 min",
            "history": "12 mo",
            "carries": {"structured": ["medications"]},
            "reach": "27 of 30",
        },
        "hub_asc": {
            "from": "hub",
            "to": "asc",
            "mechanism": "in_context_launch",
            "mode": "view",
            "wait": "10 s",
            "history": "12 mo",
            "carries": {"medications": "document"},
        },
        "ward_call": {
            "from": "ward_nurse",
            "to": "social_worker",
            "mechanism": "phone",
            "mode": "manual",
            "delay": "2 h",
            "hours": "Mon-Fri 09:00-17:00",
            "carries": {"verbal": ["medications.on_discharge"]},
            "basis": "direct_care",
        },
    },
    "agreements": {
        "shcr": {
            "parties": "all",
            "categories": "all",
            "purposes": ["direct_care"],
            "status": "signed",
            "valid": {"from": "2025-04-01", "until": "2027-03-31"},
            "lawful_basis": {
                "article_6": "e",
                "article_9": "h",
                "confidentiality": "implied_consent",
            },
        }
    },
    "stakeholders": {
        "ward_nurse": {
            "name": "Ward nurse",
            "organisation": "hospital",
            "headcount": 60,
            "uses": ["epr"],
        },
        "social_worker": {
            "name": "Hospital social worker",
            "organisation": "council",
            "profession": "social_work",
            "headcount": 12,
            "uses": [{"system": "asc", "reach": "11 of 12"}],
        },
    },
    "needs": {
        "discharge_meds": {
            "stakeholder": "social_worker",
            "objective": "the right medicines on the first evening at home",
            "event": "hospital discharge",
            "content": [
                {
                    "category": "medications.on_discharge",
                    "min_form": "document",
                    "lookback": "30 d",
                }
            ],
            "quantity": {"events": "40/week", "coverage": 0.9},
            "max_age": "2 h",
            "max_wait": "30 s",
            "use": "view",
            "purpose": "direct_care",
            "max_rekeys": 0,
            "weight": 5,
            "safety_critical": True,
        }
    },
}
