"""A town's database: the owner's door for loads, and one door out per audience and medium."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from geo.cluster import Cluster
from geo.cluster.lock import Progress
from geo.cluster.town_accounts import (
    check_code,
    close_database,
    ensure_roles,
    ensure_town,
    is_finished,
    missing_roles,
    note,
    prepare_inside,
    town_roles,
)
from geo.errors import DatabaseError
from geo.model.audience import Audience, Medium
from geo.schema.names import (
    TABLE_SCHEMA,
    audience_role,
    database_name,
    owner_role,
    view_schema,
)
from geo.settings import Settings

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

STATEMENT_TIMEOUT_MS = 20_000


class TownDatabase:
    """The database of one town, in the embedded cluster or in a given PostGIS.

    Parameters
    ----------
    settings : Settings
        ``database_url`` None means the embedded cluster in ``settings.cluster``.
    municipality_code : str
        全国地方公共団体コード; names the database and its roles.

    Notes
    -----
    Engines are made when first used, pooled, one per role and medium; a forked process makes its
    own. `connect` logs in *as the audience*: what that role may not see, no SQL of ours can reach.
    """

    def __init__(self, settings: Settings, municipality_code: str) -> None:
        self.municipality_code = check_code(municipality_code)
        self.settings = settings
        self.cluster = None if settings.database_url else Cluster(settings.cluster)
        self._engines: dict[str, Engine] = {}
        self._pid = os.getpid()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    # -- prepare -----------------------------------------------------------------------------

    def prepare(self, *, progress: Progress | None = None) -> None:
        """Server up, database, roles and PostGIS there, schema migrated. Cheap when all is.

        Raises
        ------
        ClusterError
            The embedded cluster cannot be made or started.
        DatabaseError
            A given server cannot be reached, or lacks rights or PostGIS.
        """
        if self.cluster is not None:
            self._prepare_embedded(self.cluster, progress)
        else:
            self._prepare_given()
        self._migrate()
        if self.cluster is None:
            self._require_closed_doors()

    def _prepare_embedded(self, cluster: Cluster, progress: Progress | None) -> None:
        import psycopg

        code = self.municipality_code
        cluster.start(progress=progress)
        cluster.allow_roles(town_roles(code))
        try:
            with psycopg.connect(self._plain_owner_url(), autocommit=True) as conn:
                if is_finished(conn, code):
                    return
        except psycopg.OperationalError:
            pass  # no role or no database yet
        with cluster.locked(progress=progress), cluster.admin() as admin:
            name = ensure_town(admin, code)
            with cluster.admin(name) as inside:
                prepare_inside(inside)
            close_database(admin, name, code)

    def _prepare_given(self) -> None:
        code = self.municipality_code
        roles = town_roles(code)[1:]
        with self._given_connection() as conn:
            database, user = conn.info.dbname, conn.info.user
            self._require_same_town(conn)
            missing = missing_roles(conn, roles)
            if missing:
                self._given(
                    lambda: ensure_roles(conn, code),
                    "create the audience roles",
                    f"接続先に役割 {'、'.join(missing)} がなく、作る権限もありません。",
                    "データベースの管理者に、これらの役割（LOGIN、ほかの権限なし）を作ってもらうか、"
                    "OTAKARA_DATABASE_URL に役割を作れる利用者を指定してください。",
                )
            self._given(
                lambda: prepare_inside(conn),
                "create the extension postgis",
                "接続先のデータベースに PostGIS がありません。",
                "データベースの管理者に「CREATE EXTENSION postgis」を実行してもらってください。",
            )
            self._given(
                lambda: close_database(conn, database, code, owner=user),
                "close the database",
                "OTAKARA_DATABASE_URL の利用者が、データベースの持ち主ではありません。",
                "データベースの持ち主を OTAKARA_DATABASE_URL に指定してください。",
            )

    def _require_same_town(self, conn: psycopg.Connection) -> None:
        """Towns cannot mix: a given database that belongs to another town is refused."""
        row = conn.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
        comment = str(row[0] or "") if row else ""
        if comment.startswith("otakara town ") and comment != note(self.municipality_code):
            raise DatabaseError(
                f"the database is marked {comment!r}, not {note(self.municipality_code)!r}",
                message_ja="OTAKARA_DATABASE_URL のデータベースは、ほかの町のものです。",
                hint_ja="町ごとに、別のデータベースを指定してください。",
            )

    @staticmethod
    def _given(step: Callable[[], None], what: str, message_ja: str, hint_ja: str) -> None:
        """Run one step on a given server; its refusal becomes a sentence."""
        import psycopg

        try:
            step()
        except (
            psycopg.errors.InsufficientPrivilege,
            psycopg.errors.UndefinedFile,
            psycopg.errors.FeatureNotSupported,
        ) as error:
            raise DatabaseError(
                f"cannot {what}: {error}", message_ja=message_ja, hint_ja=hint_ja
            ) from error

    @contextmanager
    def _given_connection(self) -> Iterator[psycopg.Connection]:
        import psycopg

        try:
            conn = psycopg.connect(self._plain_owner_url(), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise self._unreachable("OTAKARA_DATABASE_URL", error) from error
        with conn:
            yield conn

    def _migrate(self) -> None:
        from geo.schema.migration import migrate

        with self.owner() as connection:
            migrate(connection, self.municipality_code)

    def _require_closed_doors(self) -> None:
        """An audience URL of somebody who can read tables would go around the views."""
        from sqlalchemy import text

        question = text(
            "SELECT has_schema_privilege(:tables, 'USAGE'), has_schema_privilege(:views, 'USAGE')"
        )
        for audience in Audience:
            schemas = {"tables": TABLE_SCHEMA, "views": view_schema(audience, Medium.WEB)}
            with self.connect(audience) as connection:
                tables, views = connection.execute(question, schemas).one()
            if tables or not views:
                raise DatabaseError(
                    f"{audience.word}: may use table schema {tables}, its view schema {views}",
                    message_ja=f"「{audience.label_ja}」の接続先の利用者は、"
                    + ("表を直接読めてしまいます。" if tables else "この町のデータを読めません。"),
                    hint_ja=f"設定 OTAKARA_DATABASE_URL_{audience.name} の利用者を "
                    f"{audience_role(self.municipality_code, audience)} にしてください。",
                )

    # -- doors -------------------------------------------------------------------------------

    @contextmanager
    def owner(self) -> Iterator[Connection]:
        """One transaction as the owner of the tables: commits on success, else rolls back.

        Raises
        ------
        DatabaseError
            When the database cannot be reached.
        """
        engine = self._engine("owner", self.owner_url(), "otakara owner", f"{TABLE_SCHEMA},public")
        with self._connection(engine, "OTAKARA_DATABASE_URL") as connection, connection.begin():
            yield connection

    @contextmanager
    def connect(self, audience: Audience, medium: Medium = Medium.WEB) -> Iterator[Connection]:
        """One read-only transaction as an audience: its views, one snapshot, then nothing is kept.

        Parameters
        ----------
        audience : Audience
            Whose login role to be.
        medium : Medium
            Which of the two view schemas ``search_path`` begins with.

        Raises
        ------
        DatabaseError
            When the database cannot be reached as this audience.
        """
        schema = view_schema(audience, medium)
        engine = self._engine(
            schema, self.url_for(audience), f"otakara {schema}", f"{schema},public", reader=True
        )
        setting = f"OTAKARA_DATABASE_URL_{audience.name}"
        # Nothing can have been written. Ended by COMMIT, because psycopg takes a ROLLBACK for a
        # reason to forget its prepared statements, and each page would be planned anew.
        with self._connection(engine, setting) as connection, connection.begin():
            yield connection

    def url_for(self, audience: Audience) -> str:
        """The libpq URL an audience logs in with."""
        role = audience_role(self.municipality_code, audience)
        if self.cluster is not None:
            return self.cluster.url(role, database_name(self.municipality_code))
        explicit = (self.settings.audience_urls or {}).get(audience)
        if explicit:
            return explicit
        # `set(password=None)` would leave the password as it is.
        url = self._parsed(self.owner_url())
        given = url._replace(username=role, password=None)
        return given.set(drivername="postgresql").render_as_string(hide_password=False)

    def owner_url(self) -> str:
        """The libpq URL the owner of the tables logs in with."""
        if self.cluster is not None:
            code = self.municipality_code
            return self.cluster.url(owner_role(code), database_name(code))
        assert self.settings.database_url is not None
        return self.settings.database_url

    def dispose(self) -> None:
        """Close every pooled connection of this process."""
        with self._lock:
            engines, self._engines = self._engines, {}
        for engine in engines.values():
            engine.dispose(close=os.getpid() == self._pid)

    # -- inside ------------------------------------------------------------------------------

    def _plain_owner_url(self) -> str:
        """The owner's URL as psycopg reads it, without SQLAlchemy's ``+driver``."""
        url = self._parsed(self.owner_url()).set(drivername="postgresql")
        return url.render_as_string(hide_password=False)

    @staticmethod
    def _parsed(url: str) -> URL:
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            parsed = make_url(url)
        except (ArgumentError, ValueError):
            parsed = None
        if parsed is None or parsed.get_backend_name() not in ("postgresql", "postgres"):
            raise DatabaseError(
                "a database URL is not a postgresql:// URL",
                message_ja="データベースのURLの書き方が正しくありません。",
                hint_ja="postgresql://利用者:パスワード@サーバー:5432/データベース の形で書いてください。",
            )
        return parsed.set(drivername="postgresql+psycopg")

    def _engine(
        self, key: str, url: str, application: str, search_path: str, *, reader: bool = False
    ) -> Engine:
        """The pooled engine of one role and medium, made when first asked for."""
        with self._lock:
            if self._pid != os.getpid():
                # Forked: the parent's connections are the parent's. Forget them, close nothing.
                for engine in self._engines.values():
                    engine.dispose(close=False)
                self._engines, self._pid = {}, os.getpid()
            if key not in self._engines:
                self._engines[key] = self._new_engine(url, application, search_path, reader)
            return self._engines[key]

    def _new_engine(self, url: str, application: str, search_path: str, reader: bool) -> Engine:
        from sqlalchemy import create_engine

        options = f"-c search_path={search_path}"
        if reader:
            options += (
                f" -c default_transaction_read_only=on -c statement_timeout={STATEMENT_TIMEOUT_MS}"
                " -c idle_in_transaction_session_timeout=60000"
                # The views take longer to plan (2 ms) than to ask, and their conditions are keys.
                " -c plan_cache_mode=force_generic_plan"
            )
        parsed = self._parsed(url)
        given = parsed.query.get("options", "")
        return create_engine(
            parsed,
            pool_size=5,
            max_overflow=10,
            pool_pre_ping=True,
            connect_args={
                "application_name": application,
                "connect_timeout": 10,
                "options": f"{given} {options}".strip() if isinstance(given, str) else options,
            },
            # A page asks several questions; all of them see the town at one moment.
            **({"isolation_level": "REPEATABLE READ"} if reader else {}),
        )

    @contextmanager
    def _connection(self, engine: Engine, setting: str) -> Iterator[Connection]:
        from sqlalchemy.exc import DBAPIError

        try:
            connection = engine.connect()
        except DBAPIError as error:
            raise self._unreachable(setting, error) from error
        try:
            with connection:
                yield connection
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            raise self._unreachable(setting, error) from error  # the server went away meanwhile

    def _unreachable(self, setting: str, error: Exception) -> DatabaseError:
        if self.cluster is not None:
            return DatabaseError(
                f"cannot connect to the embedded cluster: {error}",
                message_ja="データベースにつながりません。",
                hint_ja="「otakara db start」で始めてから、もう一度お試しください。",
            )
        return DatabaseError(
            f"cannot connect with {setting}: {error}",
            message_ja="指定されたデータベースにつながりません。",
            hint_ja=f"設定 {setting} のURL（サーバー、利用者、パスワード）を確かめてください。",
        )
