"""Spanish."""

from __future__ import annotations

from decimal import Decimal

from harness.text.languages.language import (
    MIDDAY,
    Language,
    Numbers,
    Words,
    dated,
    listed,
    meaning,
    named_letters,
    numbered,
    off,
    phrases,
    turned,
)
from harness.text.words import written


def _atoms() -> dict[Words, Decimal]:
    atoms = listed(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis/dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós/veintidos "
        "veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis veintisiete veintiocho veintinueve"
    )
    units = [word for (word,) in list(atoms)[1:10]]
    for (tens,), value in listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10).items():
        atoms[(tens,)] = value
        atoms |= {(tens, "y", unit): value + number for number, unit in enumerate(units, 1)}
        atoms |= {(tens, "y", one): value + 1 for one in ("un", "una")}
    return atoms | listed(
        "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas "
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
        100,
        100,
    )


SPANISH = Language(
    tag="es",
    numbers=Numbers(
        _atoms(),
        scales={"mil": 10**3, "millón": 10**6, "millon": 10**6, "millones": 10**6},
        hundreds=frozenset({"cientos", "cientas"}),
        points=frozenset({"coma", "punto"}),
        repeats={"doble": 2, "triple": 3},
        articles=frozenset({"un", "una"}),
        groups={"docena": 12, "docenas": 12, "par": 2},
        shares={
            "medio": Decimal("0.5"),
            "media": Decimal("0.5"),
            "cuarto": Decimal("0.25"),
            "cuartos": Decimal("0.25"),
        },
        joins=frozenset({"y"}),
        ordinals={"primero": 1, "primer": 1},
    ),
    months=numbered(
        "enero/ene febrero/feb marzo/mar abril/abr mayo junio/jun julio/jul agosto/ago septiembre/setiembre/sept/sep "
        "octubre/oct noviembre/nov diciembre/dic"
    ),
    weekdays=numbered("lunes martes miércoles/miercoles jueves viernes sábado/sabado domingo", 0),
    days=off(
        p0="hoy",
        p1="mañana|manana",
        p7="hoy en 8",
        p14="hoy en 15",
        p2="pasado mañana|pasado manana",
        m1="ayer",
        m2="anteayer|antes de ayer|antier",
    ),
    halves={"mañana": 0, "madrugada": 0, "tarde": 12, "noche": 24, "mediodía": MIDDAY, "mediodia": MIDDAY},
    noons={
        "mediodía": "12:00",
        "mediodia": "12:00",
        "medio día": "12:00",
        "medio dia": "12:00",
        "media noche": "00:00",
        "medianoche": "00:00",
    },
    coins=meaning(
        "euro:euros dólar/dólares/dolar/dolares:dollars libra/libras:pounds peso:pesos rupia/rupias:rupees "
        "yen/yenes:yen franco/francos:francs"
    ),
    cents=meaning("céntimo/céntimos/centimo/centimos:euros centavo/centavos:dollars penique/peniques:pounds"),
    denials=frozenset({"no", "nunca", "tampoco"}),
    signs={("arroba",): "@", ("punto",): ".", ("guion", "bajo"): "_", ("guión", "bajo"): "_", ("guion",): "-"},
    like=frozenset({"de", "como"}),
    spans={"día": 1, "días": 1, "dia": 1, "dias": 1, "semana": 7, "semanas": 7, "mes": 0, "meses": 0},
    ahead=phrases("dentro de|aquí a|en|después|más tarde|a partir de|desde"),
    ago=phrases("hace|antes|atrás"),
    turns=turned(
        "próximo mes/mes que viene=1|este mes=0|mes pasado=-1|semana que viene/próxima semana=1|esta semana=0"
        "|semana pasada=-1"
    ),
    feasts=dated("navidad=12-25|nochebuena=12-24|nochevieja=12-31|año nuevo=1-1|reyes=1-6"),
    beyond={("en", "8"): 1, ("en", "15"): 2},
    past=frozenset({"pasado", "pasada", "último", "ultimo", "última", "ultima"}),
    letters=named_letters(
        "a:a|b:be|c:ce|d:de|e:e|f:efe|g:ge|h:hache|i:i|j:jota|k:ka|l:ele|m:eme|n:ene|ñ:eñe|o:o|p:pe|q:cu|r:erre/ere"
        "|s:ese|t:te|u:u|v:uve/ve|w:uve doble/doble uve/doble ve/doble u|x:equis|y:i griega/ye|z:zeta/ceta"
    ),
    code_leads=frozenset(
        written("código codigo pedido número numero referencia reserva postal cuenta factura cliente")
    ),
    abbreviated=meaning(
        "c:calle cl:calle avda/avd/av:avenida pza/plz/pl:plaza po/pº:paseo ctra:carretera urb:urbanización "
        "dcha:derecha izda/izq:izquierda"
    ),
)
