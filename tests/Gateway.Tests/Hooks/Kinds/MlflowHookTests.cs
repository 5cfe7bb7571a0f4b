using System.Net;
using System.Text;
using System.Text.Json;
using SparsePipeline.Gateway.Hooks.Kinds;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Hooks.Kinds;

public sealed class MlflowHookTests
{
    private const string Delivery = "6f1d2f64-1f5b-4d2e-9a53-0d6f5f0f6c11";

    [Fact]
    public void The_vector_of_the_specification_is_signed_and_good_for_five_minutes()
    {
        const string Secret = "s3cret-for-tests";
        const string Expected = "v1,8cj7x8Cl2kQlEljbcXRDIgkLSc+UFCvZL5+tYxK8rho=";
        var body = """{"entity":"model_version_alias","action":"created","timestamp":"2026-11-29T02:00:00+00:00","data":{"name":"digits","alias":"candidate","version":"7"}}"""u8.ToArray();
        var at = DateTimeOffset.FromUnixTimeSeconds(1764381600);

        MlflowSignature.Sign(Secret, Delivery, "1764381600", body).ShouldBe(Expected);
        MlflowSignature.IsValid(["other", Secret], Delivery, "1764381600", body, Expected, at.AddSeconds(300)).ShouldBeTrue();
        MlflowSignature.IsValid([Secret], Delivery, "1764381600", body, Expected, at.AddSeconds(301)).ShouldBeFalse("it was kept and sent again");
        MlflowSignature.IsValid([Secret], Delivery, "1764381600", body, Expected, at.AddSeconds(-301)).ShouldBeFalse();
        MlflowSignature.IsValid([Secret], Delivery, "1764381601", body, Expected, at).ShouldBeFalse();
        MlflowSignature.IsValid([Secret], "another", "1764381600", body, Expected, at).ShouldBeFalse();
        MlflowSignature.IsValid([Secret], Delivery, "soon", body, Expected, at).ShouldBeFalse();
    }

    [Fact]
    public async Task An_alias_is_news_of_the_version_whose_files_were_told_when_it_was_created()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "registry", kind = "mlflow", rules = new object[] { new { name = "digits", alias = "candidate", model = "digits-small" }, new { tag = "stage=ready", model = "tagged" } } });

        (await TestHook.IsIgnoredAsync(await SendAsync(hook, "1", "model_version_alias", "created", new { name = "digits", version = "7", alias = "candidate" }))).ShouldBeTrue("nobody knows where its files are");
        (await TestHook.IsIgnoredAsync(await SendAsync(hook, "2", "model_version", "created", new { name = "digits", version = "7", source = "s3://models/digits/7" }))).ShouldBeTrue("no rule is about new versions");
        (await TestHook.IsIgnoredAsync(await SendAsync(hook, "3", "model_version_alias", "created", new { name = "digits", version = "7", alias = "champion" }))).ShouldBeTrue();
        (await TestHook.IsIgnoredAsync(await SendAsync(hook, "4", "registered_model", "created", new { name = "digits" }))).ShouldBeTrue();
        var alias = await hook.EventOfAsync(await SendAsync(hook, "5", "model_version_alias", "created", new { name = "digits", version = "7", alias = "candidate" }));
        var tag = await hook.EventOfAsync(await SendAsync(hook, "6", "model_version_tag", "set", new { name = "digits", version = 7, key = "stage", value = "ready" }));

        (alias.Source, alias.Id, alias.Data.Model, alias.Data.Uri, alias.Data.Tags!["mlflow-version"]).ShouldBe(("/hooks/registry", "5", "digits-small", "s3://models/digits/7/", "7"));
        tag.Data.Model.ShouldBe("tagged");
        (await SendAsync(hook, "5", "model_version_alias", "created", new { name = "digits", version = "7", alias = "candidate" })).StatusCode.ShouldBe(HttpStatusCode.OK, "it was delivered again");
    }

    [Fact]
    public async Task A_new_version_is_news_where_a_rule_is_about_those_and_its_files_are_in_a_bucket()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "registry", kind = "mlflow", recipe = "small", rules = new object[] { new { model = "digits" } } });

        var file = await hook.EventOfAsync(await SendAsync(hook, "1", "model_version", "created", new { name = "My Digits", version = "1", source = "s3://models/a/net.safetensors" }));
        (file.Data.Uri, file.Data.Recipe).ShouldBe(("s3://models/a/net.safetensors", "small"));
        foreach (var source in new[] { "mlflow-artifacts:/1/models", "/mnt/models", "file:///etc", "s3:/models", "models:/m-1" })
            (await TestHook.IsIgnoredAsync(await SendAsync(hook, source, "model_version", "created", new { name = "d", version = "2", source }))).ShouldBeTrue(source);
    }

    [Fact]
    public async Task A_message_without_a_right_proof_is_refused_before_it_is_read()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "registry", kind = "mlflow", rules = new object[] { new { model = "digits" } } });
        var seconds = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";

        (await CodesAsync(await hook.SendAsync("no JSON", ("X-MLflow-Delivery-Id", "1"), ("X-MLflow-Timestamp", seconds), ("X-MLflow-Signature", "v1,AAAA")))).ShouldBe(["bad-signature"]);
        (await CodesAsync(await hook.SendAsync("{}"))).ShouldBe(["bad-signature"]);
        (await TestHook.IsIgnoredAsync(await SignAsync(hook, "1", "no JSON"))).ShouldBeTrue();
    }

    private static Task<HttpResponseMessage> SendAsync(TestHook hook, string delivery, string entity, string action, object data) =>
        SignAsync(hook, delivery, JsonSerializer.Serialize(new { entity, action, timestamp = "2026-11-29T02:00:00+00:00", data }));

    private static Task<HttpResponseMessage> SignAsync(TestHook hook, string delivery, string body)
    {
        var seconds = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        return hook.SendAsync(
            body, ("X-MLflow-Delivery-Id", delivery), ("X-MLflow-Timestamp", seconds), ("X-MLflow-Signature", MlflowSignature.Sign(hook.Secret, delivery, seconds, Encoding.UTF8.GetBytes(body))));
    }
}
