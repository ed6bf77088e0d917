-- Runs before Quarto reads its own syntax (`at: pre-ast`), and in the built-in renderer before
-- house.lua. The captions of a chart or table travel in the cell's metadata; Quarto knows `tbl-cap`,
-- `fig-cap` and `fig-alt`, and hands `note`, which it does not know, on as the cell's attribute.

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

-- Quarto lays a callout out in Word inside a table without header rows; here it is a block with a
-- title. Nobody gave it one? Then it is called by its kind, as Quarto does.
local function plain_callout(div)
  local kind
  for _, class in ipairs(div.classes) do kind = kind or class:match("^callout%-(%a+)$") end
  if not kind then return nil end
  local title = div.attributes["title"] or kind:gsub("^%l", string.upper)
  local blocks = pandoc.Blocks({ pandoc.Para({ pandoc.Strong(title) }) })
  blocks:extend(div.content)
  return pandoc.Div(blocks, pandoc.Attr(div.identifier, { "hint" }))
end

return { { Div = function(div) return plain_callout(div) or pull_note(div) end } }
