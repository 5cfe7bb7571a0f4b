using System.Text.RegularExpressions;

namespace SparsePipeline.Deployment.Compose;

/// <summary>What docker-compose.yml promises, read from the file itself.</summary>
public sealed partial class ComposeTests
{
    public static TheoryData<string> Services => [.. ComposeFile.Services.Keys];

    public static TheoryData<string> Workers => [.. Repository.Workers];

    public static TheoryData<string> Programs => [.. Repository.Programs];

    public static TheoryData<string> Lasting => [.. ComposeFile.Lasting];

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_image_is_pinned(string service)
    {
        var image = ComposeFile.Services[service].TextAt("image").ShouldNotBeNull();

        if (image.StartsWith("sparsepipeline/", StringComparison.Ordinal))
            image.ShouldEndWith($":${{VERSION:-{Repository.Version}}}");
        else
            PinnedTag().IsMatch(image).ShouldBeTrue($"{image} names no release");
    }

    [Fact]
    public void Every_program_has_a_service_that_builds_it()
    {
        ComposeFile.Services.Keys.Where(s => ComposeFile.Services[s].ListAt("profiles").Contains("app")).Except(["init", "topology"], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ShouldBe(Repository.Programs);
        foreach (var program in Repository.Programs)
            ComposeFile.Services[program].TextAt("build", "args", "SERVICE").ShouldNotBeNull().ToLowerInvariant().ShouldBe(program);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_setting_exists(string service) =>
        ComposeFile.SettingsOf(service).Keys.Where(key => !Repository.SettingKeys.Contains(key)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_service_belongs_to_a_profile_has_limits_and_says_how_its_health_is_known(string service)
    {
        var content = ComposeFile.Services[service];

        content.ListAt("profiles").ShouldNotBeEmpty();
        content.ListAt("profiles").ShouldBeSubsetOf(["infra", "app", "observability", "cli"]);
        content.TextAt("deploy", "resources", "limits", "cpus").ShouldNotBeNull();
        content.TextAt("deploy", "resources", "limits", "memory").ShouldNotBeNull();
        (content.ListAt("healthcheck", "test").Count > 0 || content.TextAt("healthcheck", "disable") == "true").ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public void What_lasts_is_asked_for_its_health(string service)
    {
        if (service != "collector") // its image holds nothing that could ask
            ComposeFile.Services[service].ListAt("healthcheck", "test").ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public void A_worker_can_be_scaled(string worker)
    {
        var content = ComposeFile.Services[worker];

        content.At("container_name").ShouldBeNull();
        content.At("hostname").ShouldBeNull();
        content.ListAt("ports").ShouldBeEmpty();
        // A volume without a name is one container's own.
        content.ListAt("volumes").Cast<string>().ShouldAllBe(volume => !volume.Contains(':', StringComparison.Ordinal));
        content.ListAt("volumes").ShouldContain("/var/lib/sparsepipeline");
    }

    [Fact]
    public void The_door_that_is_published_is_the_one_that_is_opened()
    {
        var settings = ComposeFile.SettingsOf("gateway");

        ComposeFile.Services["gateway"].ListAt("ports").Cast<string>().Single().ShouldEndWith(":" + settings["Gateway:HttpPort"]);
        settings["Gateway:HttpHost"].ShouldBe("*");
        settings["Gateway:HttpPort"].ShouldNotBe(settings["Hosting:HttpPort"]);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_service_is_given_longer_to_stop_than_it_takes(string service)
    {
        var grace = int.Parse(ComposeFile.Services[service].TextAt("stop_grace_period")!.TrimEnd('s'));

        grace.ShouldBeGreaterThan(int.Parse(ComposeFile.SettingsOf(service)["Hosting:ShutdownSeconds"]));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_service_starts_after_everything_it_needs_and_runs_with_as_little_as_possible(string service)
    {
        var content = ComposeFile.Services[service];

        content.TextAt("depends_on", "topology", "condition").ShouldBe("service_completed_successfully");
        content.TextAt("depends_on", "rabbitmq", "condition").ShouldBe("service_healthy");
        content.TextAt("depends_on", "object-store", "condition").ShouldBe("service_healthy");
        content.TextAt("read_only").ShouldBe("true");
        content.ListAt("cap_drop").ShouldBe(["ALL"]);
        content.ListAt("security_opt").ShouldContain("no-new-privileges:true");
    }

    [Fact]
    public void Every_port_stays_on_this_machine() => ComposeFile.Services.Values
        .SelectMany(service => service.ListAt("ports")).Cast<string>()
        .ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));

    [Fact]
    public void Everything_it_builds_from_or_mounts_is_there()
    {
        var built = ComposeFile.Services.Values.Select(s => s.TextAt("build", "dockerfile")).OfType<string>();
        var mounted = ComposeFile.Services.Values.SelectMany(s => s.ListAt("volumes")).Cast<string>()
            .Where(volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(volume => volume.Split(':')[0]);

        built.Concat(mounted).Where(path => !Path.Exists(Repository.File(path))).ShouldBeEmpty();
    }

    [GeneratedRegex(@":v?\d+\.\d+(\.\d+)?(-[a-z]+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PinnedTag();
}
