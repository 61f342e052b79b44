-- What an operator should know about ChatHub's database on SQL Server: run it in that database, e.g.
--     sqlcmd -S … -d chathub -i deploy/sqlserver/check.sql
-- It reads only. It needs VIEW DATABASE STATE, and for the server's part VIEW SERVER STATE. SQL Server 2019 or later.
-- sqlcmd switches it off, and parts 4 and 5 read XML, which needs it (error 1934).
SET QUOTED_IDENTIFIER ON;
SET NOCOUNT ON;

-- 1. Options. Every row should say ok.
SELECT d.name AS [database], c.[option], c.value, c.advice
FROM sys.databases d
CROSS APPLY (VALUES
    ('READ_COMMITTED_SNAPSHOT', IIF(d.is_read_committed_snapshot_on = 1, 'ON', 'OFF'),
        IIF(d.is_read_committed_snapshot_on = 1, 'ok', 'reads wait for writes: ALTER DATABASE ' + QUOTENAME(d.name) + ' SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE')),
    ('ALLOW_SNAPSHOT_ISOLATION', d.snapshot_isolation_state_desc, 'ok: not used, either way'),
    ('compatibility level', CONVERT(VARCHAR(10), d.compatibility_level),
        IIF(d.compatibility_level >= 150, 'ok', 'below 150 (2019): ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = 150')),
    ('AUTO_CLOSE', IIF(d.is_auto_close_on = 1, 'ON', 'OFF'), IIF(d.is_auto_close_on = 0, 'ok', 'every first connection waits: switch it off')),
    ('AUTO_SHRINK', IIF(d.is_auto_shrink_on = 1, 'ON', 'OFF'), IIF(d.is_auto_shrink_on = 0, 'ok', 'it fragments: switch it off')),
    ('AUTO_UPDATE_STATISTICS', IIF(d.is_auto_update_stats_on = 1, 'ON', 'OFF'), IIF(d.is_auto_update_stats_on = 1, 'ok', 'plans grow old: switch it on')),
    ('DELAYED_DURABILITY', d.delayed_durability_desc, IIF(d.delayed_durability = 0, 'ok', 'an acknowledged message may be lost: SET DELAYED_DURABILITY = DISABLED')),
    ('QUERY_STORE', IIF(d.is_query_store_on = 1, 'ON', 'OFF'), IIF(d.is_query_store_on = 1, 'ok', 'part 4 then shows what is in the plan cache only')),
    ('RECOVERY', d.recovery_model_desc, IIF(d.recovery_model = 1, 'ok', 'restoring to a point in time needs FULL')),
    ('log reuse waits for', d.log_reuse_wait_desc, IIF(d.log_reuse_wait IN (0, 1, 2), 'ok', 'the log grows until this ends'))
) c ([option], value, advice)
WHERE d.database_id = DB_ID();

-- 2. Sizes.
SELECT t.name AS [table], SUM(IIF(p.index_id IN (0, 1), p.row_count, 0)) AS [rows],
    SUM(p.used_page_count) * 8 / 1024 AS used_mb, COUNT(DISTINCT p.index_id) AS indexes
FROM sys.tables t JOIN sys.dm_db_partition_stats p ON p.object_id = t.object_id
GROUP BY t.name ORDER BY used_mb DESC, t.name;

-- 3. Indexes that the optimizer missed. Nothing is expected; an entry with a high impact and many seeks is worth a report.
SELECT TOP (20) OBJECT_NAME(d.object_id, d.database_id) AS [table], d.equality_columns, d.inequality_columns, d.included_columns,
    s.user_seeks, s.avg_user_impact AS impact_percent, s.last_user_seek
FROM sys.dm_db_missing_index_details d
JOIN sys.dm_db_missing_index_groups g ON g.index_handle = d.index_handle
JOIN sys.dm_db_missing_index_group_stats s ON s.group_handle = g.index_group_handle
WHERE d.database_id = DB_ID()
ORDER BY s.user_seeks * s.avg_total_user_cost * s.avg_user_impact DESC;

-- 4. Cached plans of this database that scan. Every frequent read is a seek (docs/architecture.md, Storage); what is expected here
-- is schema_migrations and server_state (a few rows each), and any table that is still small.
WITH XMLNAMESPACES (DEFAULT 'http://schemas.microsoft.com/sqlserver/2004/07/showplan')
SELECT TOP (30) op.value('(.//Object/@Table)[1]', 'NVARCHAR(200)') AS [table], op.value('(.//Object/@Index)[1]', 'NVARCHAR(200)') AS [index],
    op.value('@PhysicalOp', 'NVARCHAR(60)') AS operator, op.value('@EstimateRows', 'FLOAT') AS estimated_rows,
    s.execution_count, s.total_logical_reads / s.execution_count AS reads_each, s.total_worker_time / s.execution_count AS cpu_microseconds_each,
    LEFT(x.text, 400) AS statement, p.query_plan
FROM sys.dm_exec_query_stats s
CROSS APPLY sys.dm_exec_query_plan(s.plan_handle) p
CROSS APPLY sys.dm_exec_sql_text(s.sql_handle) x
CROSS APPLY p.query_plan.nodes('//RelOp[@PhysicalOp="Table Scan" or @PhysicalOp="Clustered Index Scan" or @PhysicalOp="Index Scan"]') r (op)
WHERE p.dbid = DB_ID() AND op.exist('.//Object[@Schema="[dbo]"]') = 1
ORDER BY s.total_logical_reads DESC;

-- 5. Statements with conversions of a column (an id that came as NVARCHAR). Nothing is expected.
WITH XMLNAMESPACES (DEFAULT 'http://schemas.microsoft.com/sqlserver/2004/07/showplan')
SELECT TOP (30) c.value('@Expression', 'NVARCHAR(300)') AS conversion, s.execution_count, LEFT(x.text, 400) AS statement
FROM sys.dm_exec_query_stats s
CROSS APPLY sys.dm_exec_query_plan(s.plan_handle) p
CROSS APPLY sys.dm_exec_sql_text(s.sql_handle) x
CROSS APPLY p.query_plan.nodes('//PlanAffectingConvert') r (c)
WHERE p.dbid = DB_ID()
ORDER BY s.execution_count DESC;

-- 6. Statements with more than one plan in the cache: one text and one set of parameter types should have one.
SELECT TOP (20) COUNT(*) AS plans, SUM(s.execution_count) AS executions, MIN(LEFT(x.text, 400)) AS statement
FROM sys.dm_exec_query_stats s
CROSS APPLY sys.dm_exec_plan_attributes(s.plan_handle) a
CROSS APPLY sys.dm_exec_sql_text(s.sql_handle) x
WHERE a.attribute = 'dbid' AND CONVERT(INT, a.value) = DB_ID()
GROUP BY s.query_hash HAVING COUNT(*) > 1 ORDER BY plans DESC;

-- 7. Locks: what waits now, and pages on which inserts queued.
SELECT r.session_id, r.blocking_session_id, r.wait_type, r.wait_time AS wait_ms, LEFT(x.text, 400) AS statement
FROM sys.dm_exec_requests r CROSS APPLY sys.dm_exec_sql_text(r.sql_handle) x
WHERE r.database_id = DB_ID() AND r.blocking_session_id <> 0;

SELECT TOP (20) OBJECT_NAME(i.object_id) AS [table], i.name AS [index], i.optimize_for_sequential_key,
    s.row_lock_wait_count, s.row_lock_wait_in_ms, s.page_latch_wait_count, s.page_latch_wait_in_ms,
    s.index_lock_promotion_count AS escalations
FROM sys.dm_db_index_operational_stats(DB_ID(), NULL, NULL, NULL) s
JOIN sys.indexes i ON i.object_id = s.object_id AND i.index_id = s.index_id
WHERE OBJECTPROPERTY(i.object_id, 'IsUserTable') = 1 AND s.row_lock_wait_count + s.page_latch_wait_count + s.index_lock_promotion_count > 0
ORDER BY s.row_lock_wait_in_ms + s.page_latch_wait_in_ms DESC;
