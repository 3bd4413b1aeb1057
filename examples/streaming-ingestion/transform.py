"""The lab's transform as a program of a pipeline: a session on each line in, the enriched session on a line out."""

import json
import sys
from datetime import datetime, timezone
from typing import Any


def enrich(session: dict[str, Any]) -> dict[str, Any]:
    products = session["browse_history"]
    return {
        **session,
        "processing_timestamp": datetime.now(timezone.utc).isoformat(),
        "overall_product_quantity": sum(int(product["quantity"]) for product in products),
        "overall_in_shopping_cart": sum(int(product["quantity"]) for product in products if product["in_shopping_cart"]),
        "total_different_products": len(products),
    }


def answer(line: str) -> Any:
    try:
        return enrich(json.loads(line))
    except (KeyError, TypeError, ValueError) as reason:
        # The pipeline puts the record among its dead letters, with this reason.
        return {"$error": f"{type(reason).__name__}: {reason}"}


for line in sys.stdin:
    print(json.dumps(answer(line), ensure_ascii=False), flush=True)
