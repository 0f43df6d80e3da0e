"""Families of documents: each one a kind of office with its own order, numbering and wording."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corpus.families import (
    ban_chi_dao,
    benh_vien,
    bo_nganh,
    cong_ty,
    hoi_dong,
    hoi_nong_dan,
    hoi_phu_nu,
    huyen_uy,
    lien_doan_lao_dong,
    mat_tran,
    quan_huyen_nam,
    so_nganh,
    tinh_doan,
    truong_hoc,
    ubnd_bang,
    ubnd_huyen,
    ubnd_thanh_pho,
    ubnd_tinh,
    xa_moi,
)
from corpus.families.base import Family

_MODULES = (
    ubnd_huyen,
    ubnd_tinh,
    so_nganh,
    hoi_dong,
    xa_moi,
    lien_doan_lao_dong,
    huyen_uy,
    tinh_doan,
    benh_vien,
    cong_ty,
    bo_nganh,
    hoi_phu_nu,
    truong_hoc,
    ubnd_bang,
    ubnd_thanh_pho,
    mat_tran,
    ban_chi_dao,
    quan_huyen_nam,
    hoi_nong_dan,
)
FAMILIES: Mapping[str, Family] = MappingProxyType({module.FAMILY.name: module.FAMILY for module in _MODULES})
