using System.Text;
using System.Text.Json;
using SparsePipeline.Gateway.Hooks.Kinds;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Hooks.Kinds;

public sealed class GithubHookTests
{
    private static readonly object Rules = new object[]
    {
        new { repository = "octo/digits", model = "digits", mirror = "s3://mirror/releases/" },
        new { workflow = "train", model = "nightly", mirror = "s3://mirror/commits" },
    };

    [Fact]
    public void The_vector_of_the_documentation_is_signed_as_it_says() =>
        GithubHook.Sign("It's a Secret to Everybody", "Hello, World!"u8).ShouldBe("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

    [Fact]
    public async Task Each_checkpoint_of_a_release_is_an_event_about_its_copy_in_the_mirror()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "releases", kind = "github", rules = Rules });
        var digest = new string('a', 64);
        var release = new
        {
            action = "published",
            repository = new { full_name = "octo/digits" },
            release = new { tag_name = "v1", assets = new object[] { new { name = "notes.txt" }, new { name = "a.safetensors", digest = $"sha256:{digest}" }, new { name = "b.safetensors", digest = (string?)null } } },
        };

        var items = (await BodyAsync(await SendAsync(hook, "release", "d-1", release))).GetProperty("items");

        var events = new List<(string, string?, string?)>();
        foreach (var item in items.EnumerateArray())
            events.Add(await gateway.EventAsync(item.GetProperty("eventKey").GetString()!) is var found ? (found.Id, found.Data.Uri, found.Data.Sha256) : default);
        events.ShouldBe([("d-1", "s3://mirror/releases/v1/a.safetensors", digest), ("d-1/1", "s3://mirror/releases/v1/b.safetensors", null)]);
        (await SendAsync(hook, "release", "d-1", release)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_workflow_that_ended_well_is_news_of_the_file_of_its_commit_and_all_else_is_ignored()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "releases", kind = "github", rules = Rules });

        var found = await hook.EventOfAsync(await SendAsync(hook, "workflow_run", "d-1", Run("train", "success")));

        (found.Data.Model, found.Data.Uri).ShouldBe(("nightly", "s3://mirror/commits/0123abc.safetensors"));
        foreach (var (kind, body) in new (string, object)[]
        {
            ("workflow_run", Run("train", "failure")), ("workflow_run", Run("lint", "success")), ("ping", new { zen = "Keep it logically awesome." }), ("push", new { }),
            ("release", new { action = "created" }), ("release", new { action = "published", repository = new { full_name = "octo/other" }, release = new { tag_name = "v1" } }),
        })
            (await TestHook.IsIgnoredAsync(await SendAsync(hook, kind, "d-2", body))).ShouldBeTrue(kind);
        (await CodesAsync(await hook.SendAsync("{}", ("X-GitHub-Delivery", "1"), ("X-Hub-Signature-256", GithubHook.Sign("wrong", "{}"u8))))).ShouldBe(["bad-signature"]);
    }

    private static object Run(string name, string conclusion) => new { action = "completed", workflow_run = new { name, conclusion, head_sha = "0123abc" } };

    private static Task<HttpResponseMessage> SendAsync(TestHook hook, string kind, string delivery, object message)
    {
        var body = JsonSerializer.Serialize(message);
        return hook.SendAsync(body, ("X-GitHub-Event", kind), ("X-GitHub-Delivery", delivery), ("X-Hub-Signature-256", GithubHook.Sign(hook.Secret, Encoding.UTF8.GetBytes(body))));
    }
}
