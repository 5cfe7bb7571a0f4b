using System.Text.RegularExpressions;
using NJsonSchema;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Deployment.Chart;

/// <summary>What the Helm chart promises, read from its files.</summary>
public sealed partial class ChartTests
{
    public static TheoryData<string> Manifests => [.. ChartFiles.Templates.Keys.Where(name => name.EndsWith(".yaml", StringComparison.Ordinal))];

    [Fact]
    public async Task The_values_fit_their_schema() => (await ErrorsAsync(ChartFiles.Values)).ShouldBeEmpty();

    [Theory]
    [InlineData("replicas: 2", "replicas: -2")]
    [InlineData("replicas: 2", "replicas: two")]
    [InlineData("credentialsSecret: sparsepipeline-trainer", "credentialsSecret: \"\"")]
    [InlineData("endpoint: http://object-store:9000", "endpoint: object-store:9000")]
    [InlineData("bucket: sparsepipeline", "bucket: Sparse_Pipeline")]
    [InlineData("port: 5672", "port: 567200")]
    [InlineData("    digest: \"\"", "    digest: latest")]
    [InlineData("pullPolicy: IfNotPresent", "pullPolicy: Sometimes")]
    [InlineData("    settings: {}", "    settings: { \"Slices:BudgetSeconds\": 300 }")]
    [InlineData("graceSeconds: 60", "gracePeriod: 60")]
    [InlineData("  pruner:\n", "  compressor:\n")]
    [InlineData("trustedProxies: \"\"", "trustedProxies: \"everybody\"")]
    [InlineData("publicUrl: \"\"", "publicUrl: \"gateway.example.org\"")]
    [InlineData("type: ClusterIP", "type: Public")]
    public async Task Wrong_values_are_refused(string right, string wrong)
    {
        ChartFiles.Values.ShouldContain(right);

        (await ErrorsAsync(ChartFiles.Values.Replace(right, wrong, StringComparison.Ordinal))).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_value_that_is_used_exists_and_every_value_is_used()
    {
        var declared = Leaves(Yaml.Read(ChartFiles.Values)).ToHashSet(StringComparer.Ordinal);

        // A use of a whole branch (resources) uses what is in it.
        ChartFiles.UsedValues.Where(used => !declared.Any(d => Covers(used, d))).ShouldBeEmpty();
        declared.Where(d => !ChartFiles.UsedValues.Any(used => Covers(used, d))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_template_without_its_expressions_is_a_manifest(string template)
    {
        foreach (var manifest in Yaml.ReadAll(ChartFiles.Stripped(ChartFiles.Templates[template])))
        {
            manifest.TextAt("apiVersion").ShouldNotBeNull();
            manifest.TextAt("kind").ShouldNotBeNull();
            manifest.TextAt("metadata", "name").ShouldNotBeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Opened_blocks_are_closed(string template)
    {
        var text = ChartFiles.Templates[template];

        Opening().Count(text).ShouldBe(Closing().Count(text));
    }

    [Fact]
    public void Every_setting_that_is_set_exists() => ChartFiles.Templates.Values
        .SelectMany(text => Setting().Matches(text).Select(m => m.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)))
        .Where(key => !Repository.SettingKeys.Contains(key)).ShouldBeEmpty();

    [Fact]
    public void Version_and_workers_are_those_of_the_product()
    {
        ChartFiles.Chart.TextAt("version").ShouldBe(Repository.Version);
        ChartFiles.Chart.TextAt("appVersion").ShouldBe(Repository.Version);
        Yaml.Read(ChartFiles.Values).MapAt("workers").Keys.Order(StringComparer.Ordinal).ShouldBe(Repository.Workers);
    }

    [Fact]
    public void Pods_have_no_more_rights_than_they_need()
    {
        var helpers = ChartFiles.Templates["_helpers.tpl"];
        helpers.ShouldContain("runAsNonRoot: true");
        helpers.ShouldContain("readOnlyRootFilesystem: true");
        helpers.ShouldContain("allowPrivilegeEscalation: false");
        foreach (var template in new[] { "deployments.yaml", "topology.yaml" })
        {
            var text = ChartFiles.Templates[template];
            Regex.Count(text, "image: ", RegexOptions.None, OneSecond).ShouldBe(Regex.Count(text, "sparsepipeline.containerSecurity", RegexOptions.None, OneSecond));
            text.ShouldContain("sparsepipeline.podSecurity");
            text.ShouldContain("automountServiceAccountToken: false");
        }
    }

    [Fact]
    public void A_gateway_is_reached_at_the_port_that_it_opens()
    {
        ChartFiles.Templates["deployments.yaml"].ShouldContain("{ name: SPARSEPIPELINE_Gateway__HttpPort, value: \"8081\" }");
        ChartFiles.Templates["deployments.yaml"].ShouldContain("{ name: api, containerPort: 8081 }");
        Yaml.ReadAll(ChartFiles.Stripped(ChartFiles.Templates["network-policy.yaml"])).SelectMany(policy => policy.ListAt("spec", "ingress")).SelectMany(rule => rule.ListAt("ports"))
            .Select(port => port.TextAt("port")).ShouldBe(["8080", "8081"]);
        var door = Yaml.ReadAll(ChartFiles.Stripped(ChartFiles.Templates["gateway.yaml"])).Single(m => m.TextAt("kind") == "Service");
        door.ListAt("spec", "ports").Single().TextAt("targetPort").ShouldBe("api");
        door.TextAt("spec", "selector", "app.kubernetes.io/name").ShouldBe("gateway");
    }

    [Fact]
    public void Pods_get_longer_to_stop_than_services_take()
    {
        var values = Yaml.Read(ChartFiles.Values);

        int.Parse(values.TextAt("graceSeconds")!).ShouldBeGreaterThan(int.Parse(values.TextAt("shutdownSeconds")!));
        ChartFiles.Templates["deployments.yaml"].ShouldContain("terminationGracePeriodSeconds: {{ $.Values.graceSeconds }}");
    }

    [Fact]
    public void The_cache_of_a_pod_holds_what_the_service_may_keep()
    {
        foreach (var worker in Yaml.Read(ChartFiles.Values).MapAt("workers").Values)
            (long.Parse(worker.TextAt("cache")!.Replace("Gi", "", StringComparison.Ordinal)) << 30).ShouldBeGreaterThan(new StoreOptions().CacheBytes);
    }

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private static async Task<IEnumerable<string>> ErrorsAsync(string values)
    {
        var schema = await JsonSchema.FromJsonAsync(ChartFiles.Schema, TestContext.Current.CancellationToken);
        return schema.Validate(ChartFiles.ValuesAsJson(values)).Select(error => error.ToString());
    }

    private static bool Covers(string used, string declared) =>
        declared == used || declared.StartsWith(used + ".", StringComparison.Ordinal);

    private static IEnumerable<string> Leaves(object node, string path = "") => node is IDictionary<object, object> { Count: > 0 } map
        ? map.SelectMany(entry => Leaves(entry.Value, path switch
        {
            "" => (string)entry.Key,
            "workers" => "workers.*",
            _ => $"{path}.{entry.Key}",
        }))
        : [path];

    [GeneratedRegex(@"\{\{-? (if|range|with|define) ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\{\{-? end ?\}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Closing();

    [GeneratedRegex(@"SPARSEPIPELINE_(?<key>[A-Za-z0-9]+__[A-Za-z0-9]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
