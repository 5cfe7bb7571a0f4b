using System.Text.Json;
using System.Text.RegularExpressions;
using SparsePipeline.Deployment.Chart;
using SparsePipeline.Deployment.Compose;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Deployment.Lists;

/// <summary>Every place of an installation that names the services, by what a service still lacks there.</summary>
internal static class DeploymentLists
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    public static IReadOnlyDictionary<string, Func<ServiceDescription, IEnumerable<string>>> All { get; } =
        new Dictionary<string, Func<ServiceDescription, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["services/"] = s => Lacks(Repository.Programs.Contains(s.Name), "a folder with a program that is a host"),
            ["docker-compose.yml"] = Compose,
            [".env.example"] = s => new[] { "CPUS", "MEMORY" }.Select(limit => $"{s.Name.ToUpperInvariant()}_{limit}").Where(v => !ComposeFile.Example.ContainsKey(v)),
            ["infra/docker/secrets.sh"] = s => Lacks(Lines("infra/docker/secrets.sh", "for user in ").All(line => Words(line).Contains(s.Name)), "the user in a list of users"),
            ["infra/helm/sparsepipeline"] = Chart,
            ["infra/keda/scaledobjects.yaml"] = Scaling,
            ["infra/rabbitmq/definitions.json"] = Broker,
            ["infra/object-store/bucket-policy.json"] = Bucket,
            ["infra/observability/prometheus.yaml"] = s => Lacks(
                Yaml.Read(Repository.Read("infra/observability/prometheus.yaml")).ListAt("scrape_configs")
                    .SelectMany(job => job.ListAt("dns_sd_configs")).SelectMany(dns => dns.ListAt("names")).Contains(s.Name),
                "its name among those that are scraped"),
            ["infra/observability/alerts.yaml"] = s => Lines("infra/observability/alerts.yaml", "queue=~\"")
                .Where(line => !line.Contains("_(error|skipped)", StringComparison.Ordinal))
                .SelectMany(line => s.Kinds.Where(kind => !Words(line).Contains(kind.Queue)).Select(kind => $"the queue {kind.Queue} in '{line.Trim()}'")),
            ["infra/local/services.sh"] = s => Lacks(Lines("infra/local/services.sh", "kinds=(").Any(line => Words(line).Contains(s.Name)), "its name in kinds=(…)"),
            ["docs/operations.md"] = s => Lacks(Repository.Read("docs/operations.md").Contains($"`{s.Name}`", StringComparison.Ordinal), "its name among the images"),
            ["docs/security.md"] = s => Lacks(
                Lines("docs/security.md", s.IsWorker ? "take commands of their own kind" : "| **").Any(line => Words(line.Split('|')[1]).Contains(s.Name)), "its rights"),
        };

    private static IEnumerable<string> Compose(ServiceDescription service)
    {
        var found = ComposeFile.Services.GetValueOrDefault(service.Name);
        if (found is null)
            return ["the service"];
        var target = service.HasRunners ? "torch-worker" : "worker";
        var secrets = new[] { $"broker-{service.Name}-password", $"store-{service.Name}-access-key", $"store-{service.Name}-secret-key" };
        return Lacks(found.TextAt("build", "target") == target, $"the build target {target}")
            .Concat(secrets.Except(ComposeFile.SecretsOf(service.Name), StringComparer.Ordinal).Select(secret => $"the secret {secret}"))
            .Concat(secrets.Except(ComposeFile.Content.MapAt("secrets").Keys, StringComparer.Ordinal).Select(secret => $"the file of {secret}"))
            .Concat(Lacks(ComposeFile.SecretsOf("init").Contains(secrets[0]), $"{secrets[0]} for init"));
    }

    private static IEnumerable<string> Chart(ServiceDescription service)
    {
        using var schema = JsonDocument.Parse(ChartFiles.Schema);
        var (values, described) = ((object)Yaml.Read(ChartFiles.Values), schema.RootElement);
        if (service.IsWorker)
            (values, described) = (values.At("workers")!, described.GetProperty("properties").GetProperty("workers"));
        return Lacks(values.MapAt().ContainsKey(service.Name), "its values")
            .Concat(Lacks(described.GetProperty("required").EnumerateArray().Any(name => name.GetString() == service.Name), "it among what the schema requires"))
            .Concat(Lacks(described.GetProperty("properties").TryGetProperty(service.Name, out _), "its schema"))
            .Concat(Lacks(service.IsWorker || ChartFiles.Services.Contains(service.Name), "it in the loops over deployments and disruption budgets"));
    }

    private static IEnumerable<string> Scaling(ServiceDescription service)
    {
        var scaled = Yaml.ReadAll(Repository.Read("infra/keda/scaledobjects.yaml")).FirstOrDefault(m => m.TextAt("spec", "scaleTargetRef", "name") == $"sparsepipeline-{service.Name}");
        if (!service.IsWorker)
            return Lacks(scaled is null, "no ScaledObject: it has no queue that says how much there is to do");
        var queues = scaled.ListAt("spec", "triggers").Select(trigger => trigger.TextAt("metadata", "queueName"));
        return Lacks(scaled is not null, "its ScaledObject").Concat(service.Kinds.Select(kind => kind.Queue).Except(queues).Select(queue => $"a trigger for {queue}"));
    }

    private static IEnumerable<string> Broker(ServiceDescription service)
    {
        using var definitions = JsonDocument.Parse(Repository.Read("infra/rabbitmq/definitions.json"));
        var users = definitions.RootElement.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()).ToList();
        var permissions = definitions.RootElement.GetProperty("permissions").EnumerateArray().ToDictionary(p => p.GetProperty("user").GetString()!, p => p.Clone(), StringComparer.Ordinal);
        var missing = Lacks(users.Contains(service.Name), "the user").ToList();
        if (!permissions.TryGetValue(service.Name, out var own))
            return [.. missing, "the permissions of the user"];
        foreach (var right in new[] { "configure", "write", "read" })
        {
            foreach (var name in service.Queues.Concat(service.Kinds.Select(kind => $"SparsePipeline.Contracts:{kind.Command.Name}")))
                missing.AddRange(Lacks(Matches(own, right, name), $"the right of {service.Name} to {right} {name}"));
        }
        foreach (var queue in service.Queues)
            missing.AddRange(Lacks(Matches(permissions["operator"], "read", queue + "_error"), $"the right of operator to read {queue}_error"));
        return missing;
    }

    private static bool Matches(JsonElement permission, string right, string name) =>
        Regex.IsMatch(name, permission.GetProperty(right).GetString()!, RegexOptions.None, OneSecond);

    private static IEnumerable<string> Bucket(ServiceDescription service)
    {
        using var policy = JsonDocument.Parse(Repository.Read("infra/object-store/bucket-policy.json"));
        var statements = policy.RootElement.GetProperty("Statement").EnumerateArray().ToList();
        if (!service.IsWorker)
            return [.. Lacks(statements.Any(statement => Names(statement, service.Name)), "a statement about it")];
        return [.. statements
            .Where(statement => statement.GetProperty("Sid").GetString()!.StartsWith("Workers", StringComparison.Ordinal) && !Names(statement, service.Name))
            .Select(statement => $"it among the users of {statement.GetProperty("Sid").GetString()}")];
    }

    private static bool Names(JsonElement statement, string user)
    {
        var users = statement.GetProperty("Principal").GetProperty("AWS");
        return users.ValueKind == JsonValueKind.Array ? users.EnumerateArray().Any(u => u.GetString() == $"@{user}@") : users.GetString() == $"@{user}@";
    }

    private static IEnumerable<string> Lines(string file, string with) =>
        Repository.Read(file).Split('\n').Where(line => line.Contains(with, StringComparison.Ordinal));

    private static HashSet<string> Words(string line) => [.. Regex.Split(line, "[^a-z-]+", RegexOptions.None, OneSecond)];

    private static IEnumerable<string> Lacks(bool isThere, string what) => isThere ? [] : [what];
}
