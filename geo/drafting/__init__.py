"""From a list as it lies on her desk to a layer folder: recognise, draft, preview, write, publish.

The command ``otakara new`` / ``otakara publish`` and the web page stand on the same functions::

    from geo.drafting import (
        draft_list, write_draft,              # the list -> ListDraft -> layers/<id>/
        needs_municipality, municipality_draft,  # the first day: a folder without a town
        plan_publication, publish,            # だれでも, the whole list, with its basis
        Choices, SheetChoices,                # what the person changed on the page
        ListDraft, LayerDraft, ColumnDraft, Becomes, Sureness, PublicationPlan,
    )

    draft = draft_list(
        town_folder, realdata,                # settings.town, settings.realdata
        Path("/tmp/upload-3f"),               # the bytes; never a name a stranger gave
        file_name="通いの一覧.xlsx",           # what the person calls it; made safe here
        today=date.today(),
        choices=Choices(sheets={"サロン": SheetChoices(title=…, layer_id=…, columns={"C": "venue",
                        "D": "shown", "E": "left_out"})}),   # optional; letters as Excel shows
        municipality=municipality_draft("○○市", "12345", None),  # only if needs_municipality()
    )
    draft.layers[0].columns      # tuple[ColumnDraft]: letter, header, becomes, field, label_ja,
                                 #   reason_ja, sureness, samples
    draft.layers[0].counts_ja    # 「42件を読み込みました。だれでも見られるもの 0件、担当者だけ 42件」
    draft.layers[0].preview      # (headings, rows): the first rows under what each column became
    draft.layers[0].problems     # Problem: what stays to be mended, as ``check`` will say it
    draft.level                  # LevelDraft | None: areas named by the list, where there are none
    draft.said_ja                # sentences: encoding, title rows, hidden rows, sheets left out …
    draft.as_json()
    write_draft(draft)           # layers/<id>/layer.toml + the list beside it, all or nothing
    # then geo.loading.load_town(settings)

    plan = plan_publication(town_folder, realdata, "list_1", "公表済みの冊子に掲載")
    plan.now_visible, plan.would_be_visible, plan.stays_hidden, plan.contacts, plan.sentences_ja
    publish(plan)                # audience and publication_basis in layer.toml, comments stay

``draft_list`` writes nothing. A list that cannot be read, or a name that is taken, raises
:class:`geo.errors.LoadRefusedError` (``problems`` as ``check`` says them); words that are not
understood (a layer id, a municipality code) raise :class:`geo.errors.WordsError`.
"""

from geo.drafting.draft_making import draft_list
from geo.drafting.draft_writing import write_draft
from geo.drafting.header_words import Sureness
from geo.drafting.list_draft import (
    Becomes,
    Choices,
    ColumnDraft,
    LayerDraft,
    LevelDraft,
    ListDraft,
    MunicipalityDraft,
    SheetChoices,
    counts_ja,
    seen_by,
)
from geo.drafting.list_survey import safe_file_name
from geo.drafting.publication import PublicationPlan, clean_basis, plan_publication, publish
from geo.drafting.town_starting import municipality_draft, needs_municipality, plane_zone_of

__all__ = [
    "Becomes",
    "Choices",
    "ColumnDraft",
    "LayerDraft",
    "LevelDraft",
    "ListDraft",
    "MunicipalityDraft",
    "PublicationPlan",
    "SheetChoices",
    "Sureness",
    "clean_basis",
    "counts_ja",
    "draft_list",
    "municipality_draft",
    "needs_municipality",
    "plan_publication",
    "plane_zone_of",
    "publish",
    "safe_file_name",
    "seen_by",
    "write_draft",
]
