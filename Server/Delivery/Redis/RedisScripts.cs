using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>What presence changes in one step, by the clock of Redis. The first argument is always this instance.</summary>
internal static class RedisScripts
{
    public static readonly RedisKey[] Keys = [RedisKeys.Instances, RedisKeys.Online, RedisKeys.Connections];

    private const string Common = """
        local instances, online, connections, self = KEYS[1], KEYS[2], KEYS[3], ARGV[1]
        local own = connections .. self
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local live = redis.call('ZRANGEBYSCORE', instances, '(' .. now, '+inf')
        local function count(user, except)
            local sum = 0
            for _, id in ipairs(live) do
                if id ~= except then sum = sum + (redis.call('HGET', connections .. id, user) or 0) end
            end
            return sum
        end

        """;

    /// <summary>(user, connections or "", is announced)… → how many each has on other instances.</summary>
    public const string Register = Common + """
        local elsewhere = {}
        for i = 2, #ARGV, 3 do
            local user, connected = ARGV[i], ARGV[i + 1]
            if connected == '' then redis.call('HDEL', own, user) else redis.call('HSET', own, user, connected) end
            if ARGV[i + 2] == '1' then redis.call('HSET', online, user, 1) end
            table.insert(elsewhere, count(user, self))
        end
        return elsewhere
        """;

    /// <summary>lease, time to live → whether this instance was unknown, the live ones, users of those that are gone: pending here now.</summary>
    public const string Heartbeat = Common + """
        local users = {}
        for _, gone in ipairs(redis.call('ZRANGEBYSCORE', instances, '-inf', now)) do
            if gone ~= self then
                for _, user in ipairs(redis.call('HKEYS', connections .. gone)) do
                    redis.call('HSETNX', own, user, 0)
                    table.insert(users, user)
                end
                redis.call('DEL', connections .. gone)
                redis.call('ZREM', instances, gone)
            end
        end
        local isNew = redis.call('ZADD', instances, now + ARGV[2], self)
        for _, key in ipairs({instances, online, own}) do redis.call('PEXPIRE', key, ARGV[3]) end
        return {isNew, live, users}
        """;

    /// <summary>user… → those without a connection anywhere who were announced as online. None is pending here any more.</summary>
    public const string ClaimOffline = Common + """
        local claimed = {}
        for i = 2, #ARGV do
            if redis.call('HGET', own, ARGV[i]) == '0' then redis.call('HDEL', own, ARGV[i]) end
            if count(ARGV[i]) == 0 and redis.call('HDEL', online, ARGV[i]) == 1 then table.insert(claimed, ARGV[i]) end
        end
        return claimed
        """;
}
