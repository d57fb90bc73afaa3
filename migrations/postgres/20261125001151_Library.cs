using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AnimeSync.Api.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Library : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "history",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_seq = table.Column<long>(type: "bigint", nullable: false),
                    media_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    origin = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    undoes = table.Column<long>(type: "bigint", nullable: true),
                    before = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_history", x => new { x.user_id, x.change_seq });
                    table.ForeignKey(
                        name: "fk_history_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kept_answers",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    request = table.Column<byte[]>(type: "bytea", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    e_tag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_answers", x => new { x.user_id, x.key });
                    table.ForeignKey(
                        name: "fk_kept_answers_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "list_entries",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    media_id = table.Column<int>(type: "integer", nullable: false),
                    ani_list_id = table.Column<int>(type: "integer", nullable: true),
                    @base = table.Column<string>(name: "base", type: "text", nullable: true),
                    change_seq = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fields_completed_at = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    fields_custom_lists = table.Column<string>(type: "text", nullable: false),
                    fields_hidden_from_status_lists = table.Column<bool>(type: "boolean", nullable: false),
                    fields_notes = table.Column<string>(type: "text", nullable: true),
                    fields_priority = table.Column<int>(type: "integer", nullable: false),
                    fields_private = table.Column<bool>(type: "boolean", nullable: false),
                    fields_progress = table.Column<int>(type: "integer", nullable: false),
                    fields_repeat = table.Column<int>(type: "integer", nullable: false),
                    fields_score = table.Column<int>(type: "integer", nullable: false),
                    fields_started_at = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    fields_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_list_entries", x => new { x.user_id, x.media_id });
                    table.ForeignKey(
                        name: "fk_list_entries_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "list_titles",
                columns: table => new
                {
                    media_id = table.Column<int>(type: "integer", nullable: false),
                    romaji = table.Column<string>(type: "text", nullable: true),
                    english = table.Column<string>(type: "text", nullable: true),
                    native = table.Column<string>(type: "text", nullable: true),
                    format = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    season = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    season_year = table.Column<int>(type: "integer", nullable: true),
                    episodes = table.Column<int>(type: "integer", nullable: true),
                    next_episode = table.Column<int>(type: "integer", nullable: true),
                    next_episode_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cover_image = table.Column<string>(type: "text", nullable: true),
                    is_adult = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_list_titles", x => x.media_id);
                });

            migrationBuilder.CreateTable(
                name: "pending_changes",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    media_id = table.Column<int>(type: "integer", nullable: false),
                    first_edit_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<string>(type: "text", nullable: false),
                    refusal = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pending_changes", x => new { x.user_id, x.media_id });
                    table.ForeignKey(
                        name: "fk_pending_changes_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_lists",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_seq = table.Column<long>(type: "bigint", nullable: false),
                    score_format = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    custom_lists = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_lists", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_user_lists_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_history_at",
                table: "history",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_kept_answers_at",
                table: "kept_answers",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_list_entries_user_id_change_seq",
                table: "list_entries",
                columns: new[] { "user_id", "change_seq" });

            migrationBuilder.CreateIndex(
                name: "ix_pending_changes_due_at",
                table: "pending_changes",
                column: "due_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "history");

            migrationBuilder.DropTable(
                name: "kept_answers");

            migrationBuilder.DropTable(
                name: "list_entries");

            migrationBuilder.DropTable(
                name: "list_titles");

            migrationBuilder.DropTable(
                name: "pending_changes");

            migrationBuilder.DropTable(
                name: "user_lists");
        }
    }
}
