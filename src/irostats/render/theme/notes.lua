-- Runs before Quarto reads its own syntax (`at: pre-ast`). The captions of a chart or table
-- travel in the cell's metadata; Quarto knows `tbl-cap`, `fig-cap` and `fig-alt`, and hands `note`,
-- which it does not know, on as an attribute of the cell.

local function is_float_id(id)
  return id:match("^tbl%-") or id:match("^fig%-")
end

local function holds(div, kind)
  local found = false
  div:walk({ [kind] = function() found = true end })
  return found
end

-- A table that an authority does not keep is a sentence: no caption, no number.
local function unlabel_sentences(div)
  local chart_or_table = holds(div, "Table") or holds(div, "Image") or holds(div, "RawBlock")
  if is_float_id(div.identifier) and not chart_or_table then
    div.identifier = ""
    div.attributes["tbl-cap"] = nil
  end
  return div
end

local function pull_note(div)
  local note = div.attributes["note"]
  if not note then
    return unlabel_sentences(div)
  end
  div.attributes["note"] = nil
  local blocks = pandoc.read(note, "markdown").blocks
  return { unlabel_sentences(div), pandoc.Div(blocks, pandoc.Attr("", { "note" })) }
end

return { { Div = pull_note } }
