"""Spanish."""

from __future__ import annotations

from decimal import Decimal

from harness.text.languages.language import Language, Numbers, Words, listed, numbered, off, phrases


def _atoms() -> dict[Words, Decimal]:
    atoms = listed(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis/dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiún veintidós/veintidos "
        "veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis veintisiete veintiocho veintinueve"
    )
    units = [word for (word,) in list(atoms)[1:10]]
    for (tens,), value in listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10).items():
        atoms[(tens,)] = value
        atoms |= {(tens, "y", unit): value + number for number, unit in enumerate(units, 1)}
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
        points=frozenset({"coma"}),
        repeats={"doble": 2, "triple": 3},
        articles=frozenset({"un"}),
        ordinals={"primero": 1, "primer": 1},
    ),
    months=numbered(
        "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre"
    ),
    weekdays=numbered("lunes martes miércoles jueves viernes sábado domingo", 0),
    days=off(p0="hoy", p1="mañana", p2="pasado mañana", m1="ayer", m2="anteayer"),
    halves={"mañana": 0, "madrugada": 0, "tarde": 12, "noche": 24},
    noons={"mediodía": "12:00", "mediodia": "12:00", "medianoche": "00:00"},
    coins={"euro": "euros", "dólar": "dollars", "dólares": "dollars", "libras": "pounds", "peso": "pesos"},
    cents={"céntimos": "euros", "céntimo": "euros", "centavos": "dollars"},
    denials=frozenset({"no", "nunca", "tampoco"}),
    signs={("arroba",): "@", ("punto",): ".", ("guion", "bajo"): "_", ("guión", "bajo"): "_", ("guion",): "-"},
    leads=phrases("me llamo|mi nombre es|soy|es|mi correo es|mi número es"),
    like=frozenset({"de", "como"}),
)
