"""Gradio's part of the page in the same visual language as the page's own parts."""

import gradio as gr

SYSTEM_FONTS = ["ui-sans-serif", "system-ui", "sans-serif"]  # nothing is fetched
SYSTEM_MONO = ["ui-monospace", "Consolas", "monospace"]


def theme() -> gr.themes.Base:
    """Soft with quiet labels, our cards' corners, and text that contrasts by 4.5 or more."""
    return gr.themes.Soft(font=SYSTEM_FONTS, font_mono=SYSTEM_MONO).set(
        background_fill_primary="*neutral_50",  # `set` forgets Soft's
        color_accent="*primary_600",
        slider_color="*primary_600",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        error_text_color_dark="#fca5a5",
        block_radius="14px",
        block_border_width="1px",
        block_shadow="*shadow_drop",
        block_title_background_fill="none",
        block_title_background_fill_dark="none",
        block_title_padding="0",
        block_title_text_color="*body_text_color",
        block_title_text_color_dark="*body_text_color",
        block_title_text_size="0.85rem",
        block_title_text_weight="400",
        input_radius="10px",
        input_border_width="1px",
        input_border_color="*border_color_primary",
        input_shadow="none",
        button_large_radius="10px",
        button_large_text_size="*text_md",
        button_large_text_weight="550",
        button_border_width="1px",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_shadow="none",
        button_secondary_shadow="none",
        table_border_color="*border_color_primary",
    )
