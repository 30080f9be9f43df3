"""Synchronous clients of chats, markets, maps, translations and databases behind HTTP."""

from typing import Final

_BOT = (
    "get_me get_file download_file get_chat get_chat_administrators get_chat_member get_chat_member_count "
    "send_message forward_message forward_messages copy_message delete_message delete_messages send_dice send_photo "
    "send_audio send_voice send_document send_sticker send_video send_animation send_video_note send_media_group "
    "send_location send_venue send_contact send_chat_action send_poll stop_poll send_invoice send_game "
    "ban_chat_member unban_chat_member kick_chat_member restrict_chat_member promote_chat_member "
    "set_chat_permissions create_chat_invite_link set_chat_title set_chat_description pin_chat_message "
    "unpin_chat_message edit_message_text edit_message_caption edit_message_media edit_message_reply_markup "
    "reply_to answer_inline_query answer_callback_query answer_shipping_query answer_pre_checkout_query "
    "set_my_commands delete_my_commands get_my_commands get_user_profile_photos leave_chat set_webhook "
    "delete_webhook remove_webhook get_webhook_info get_updates polling infinity_polling log_out"
)
_TWEETS = (
    "create_tweet delete_tweet get_tweet get_tweets like unlike retweet unretweet bookmark remove_bookmark "
    "get_liking_users get_liked_tweets get_quote_tweets get_retweeters search_all_tweets search_recent_tweets "
    "get_users_mentions get_home_timeline get_users_tweets get_user get_users get_me follow_user unfollow_user "
    "get_users_followers get_users_following mute unmute get_direct_message_events create_direct_message"
)
_EXCHANGE = (
    "ping get_server_time get_exchange_info get_symbol_info get_account get_account_status get_asset_balance "
    "get_order_book get_recent_trades get_historical_trades get_klines get_historical_klines get_avg_price "
    "get_ticker get_all_tickers get_symbol_ticker get_orderbook_ticker create_order create_test_order order_limit "
    "order_limit_buy order_limit_sell order_market order_market_buy order_market_sell get_order cancel_order "
    "get_open_orders get_all_orders get_my_trades withdraw get_deposit_address futures_account "
    "futures_account_balance futures_create_order futures_cancel_order futures_get_order futures_klines "
    "futures_symbol_ticker futures_position_information futures_change_leverage futures_exchange_info"
)
_GEOCODERS = (
    *("ArcGIS", "AzureMaps", "Bing", "GeoNames", "GoogleV3", "HereV7", "MapBox", "MapQuest", "Nominatim", "OpenCage"),
    *("Pelias", "Photon", "TomTom", "Yandex"),
)

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    # The constructor asks whether the server is there.
    "binance.Client": ("http", "binance.AsyncClient"),
    "resend.Emails.send": ("http", "asyncio.to_thread"),
    "resend.Emails.get": ("http", "asyncio.to_thread"),
    "resend.Batch.send": ("http", "asyncio.to_thread"),
    # These fetch the keys of the issuer.
    "google.oauth2.id_token.verify_oauth2_token": ("http", "asyncio.to_thread"),
    "google.oauth2.id_token.verify_firebase_token": ("http", "asyncio.to_thread"),
    "google.oauth2.id_token.verify_token": ("http", "asyncio.to_thread"),
    "trafilatura.fetch_url": ("http", "asyncio.to_thread"),
    "prometheus_client.push_to_gateway": ("http", "asyncio.to_thread"),
    "prometheus_client.pushadd_to_gateway": ("http", "asyncio.to_thread"),
    "prometheus_client.delete_from_gateway": ("http", "asyncio.to_thread"),
    "alembic.command.upgrade": ("database", "asyncio.to_thread"),
    "alembic.command.downgrade": ("database", "asyncio.to_thread"),
    "pygit2.clone_repository": ("socket", "asyncio.to_thread"),
    "dulwich.porcelain.clone": ("socket", "asyncio.to_thread"),
    "dulwich.porcelain.pull": ("socket", "asyncio.to_thread"),
    "dulwich.porcelain.push": ("socket", "asyncio.to_thread"),
    "dulwich.porcelain.fetch": ("socket", "asyncio.to_thread"),
    "invoke.run": ("subprocess", "asyncio.create_subprocess_shell"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "telebot.TeleBot": (("http", "telebot.async_telebot.AsyncTeleBot", _BOT),),
    "tweepy.Client": (("http", "tweepy.asynchronous.AsyncClient", _TWEETS),),
    "binance.Client": (("http", "binance.AsyncClient", _EXCHANGE),),
    "geopy.geocoders.base.Geocoder": (("http", "geopy.adapters.AioHTTPAdapter", "geocode reverse"),),
    "deepl.Translator": (
        (
            "http",
            "asyncio.to_thread",
            (
                "translate_text translate_text_with_glossary translate_document translate_document_from_filepath "
                "get_usage get_source_languages get_target_languages create_glossary list_glossaries"
            ),
        ),
    ),
    "discord_webhook.DiscordWebhook": (("http", "discord_webhook.AsyncDiscordWebhook", "execute edit delete"),),
    "discord.SyncWebhook": (
        ("http", "discord.Webhook", "fetch edit delete send fetch_message edit_message delete_message"),
    ),
    "yagmail.SMTP": (("socket", "aiosmtplib", "send login send_unsent"),),
    "keycloak.KeycloakOpenID": (
        (
            "http",
            "the method's a_-prefixed twin",
            (
                "well_known token refresh_token exchange_token userinfo logout certs public_key introspect "
                "register_client device update_client"
            ),
        ),
    ),
    "newspaper.Article": (("http", "asyncio.to_thread", "download"),),
}

RETURNS: Final[dict[str, str]] = {
    "binance.Client": "binance.Client",
    "discord.SyncWebhook.from_url": "discord.SyncWebhook",
    "discord.SyncWebhook.partial": "discord.SyncWebhook",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "deepl.DeepLClient": ("deepl.Translator",),
    **{f"geopy.geocoders.{name}": ("geopy.geocoders.base.Geocoder",) for name in _GEOCODERS},
}

ALIASES: Final[dict[str, str]] = {
    "binance.client.Client": "binance.Client",
    "discord.webhook.sync.SyncWebhook": "discord.SyncWebhook",
    "newspaper.article.Article": "newspaper.Article",
    "keycloak.keycloak_openid.KeycloakOpenID": "keycloak.KeycloakOpenID",
    "tweepy.client.Client": "tweepy.Client",
    "deepl.translator.Translator": "deepl.Translator",
    "geopy.Nominatim": "geopy.geocoders.Nominatim",
    "geopy.geocoders.nominatim.Nominatim": "geopy.geocoders.Nominatim",
    "geopy.geocoders.google.GoogleV3": "geopy.geocoders.GoogleV3",
}
