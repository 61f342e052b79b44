using System.Net;
using ChatHub.Tests.Infrastructure;
using k8s;
using k8s.Models;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>deploy/kubernetes, read strictly as Kubernetes' own types. That a cluster runs it is not tested.</summary>
public sealed class KubernetesTests
{
    // What SIGTERM may take beyond Shutdown:DrainSeconds.
    private const int EndSeconds = 13;

    private static readonly string Folder = Repository.File("deploy", "kubernetes");

    private static V1Deployment Deployment => Read<V1Deployment>("deployment.yaml");

    private static V1Container Container => Assert.Single(Deployment.Spec.Template.Spec.Containers);

    [Fact]
    public void Everything_selects_the_pods_of_the_deployment()
    {
        var deployment = Deployment;
        var labels = deployment.Spec.Template.Metadata.Labels;

        Assert.Equal(labels, deployment.Spec.Selector.MatchLabels);
        Assert.Equal(labels, Read<V1Service>("service.yaml").Spec.Selector);
        Assert.Equal(labels, Read<V1PodDisruptionBudget>("poddisruptionbudget.yaml").Spec.Selector.MatchLabels);
        Assert.Equal(labels, Assert.Single(deployment.Spec.Template.Spec.TopologySpreadConstraints).LabelSelector.MatchLabels);
        var target = Read<V2HorizontalPodAutoscaler>("horizontalpodautoscaler.yaml").Spec.ScaleTargetRef;
        Assert.Equal((deployment.ApiVersion, deployment.Kind, deployment.Metadata.Name), (target.ApiVersion, target.Kind, target.Name));
        // The autoscaler's number is not set back by an apply.
        Assert.Null(deployment.Spec.Replicas);
    }

    [Fact]
    public void Deployment_mounts_what_is_there_and_reads_the_config_map_and_the_secret()
    {
        var pod = Deployment.Spec.Template.Spec;

        Assert.Equal(pod.Volumes.Select(volume => volume.Name), Container.VolumeMounts.Select(mount => mount.Name));
        Assert.Equal([Read<V1ConfigMap>("configmap.yaml").Metadata.Name, null], Container.EnvFrom.Select(source => source.ConfigMapRef?.Name));
        Assert.Equal([null, Read<V1Secret>("secret.yaml.template").Metadata.Name], Container.EnvFrom.Select(source => source.SecretRef?.Name));
    }

    [Fact]
    public void Pod_runs_without_root_and_writes_only_to_its_volume()
    {
        Assert.True(Deployment.Spec.Template.Spec.SecurityContext.RunAsNonRoot);
        Assert.False(Deployment.Spec.Template.Spec.AutomountServiceAccountToken);
        Assert.True(Container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(Container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], Container.SecurityContext.Capabilities.Drop);
        Assert.All((string[])["cpu", "memory"], resource => Assert.Contains(resource, Container.Resources.Requests.Keys));
        Assert.Contains("memory", Container.Resources.Limits.Keys);
    }

    [Fact]
    public void Pod_has_the_time_that_draining_takes()
    {
        var drain = int.Parse(Read<V1ConfigMap>("configmap.yaml").Data["Shutdown__DrainSeconds"], System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(Deployment.Spec.Template.Spec.TerminationGracePeriodSeconds > Container.Lifecycle.PreStop.Sleep.Seconds + drain + EndSeconds);
        Assert.Contains($"`DrainSeconds` + {EndSeconds}", File.ReadAllText(Repository.File("docs", "operations.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probes_ask_what_a_server_answers_at_the_port_where_it_listens()
    {
        await using var server = await ServerProcess.StartAsync();
        var probes = new[] { Container.StartupProbe, Container.LivenessProbe, Container.ReadinessProbe };

        foreach (var probe in probes)
            Assert.Equal(HttpStatusCode.OK, (await server.HealthAsync(path: probe.HttpGet.Path)).Status);
        // A database that is away takes no instance down.
        Assert.Equal(["/health/live", "/health/live", "/health/ready"], probes.Select(probe => probe.HttpGet.Path));
        var http = Assert.Single(Container.Ports, port => port.Name == "http");
        Assert.All(probes, probe => Assert.Equal(http.Name, probe.HttpGet.Port.Value));
        Assert.Equal(http.Name, Assert.Single(Read<V1Service>("service.yaml").Spec.Ports).TargetPort.Value);
        var settings = Read<V1ConfigMap>("configmap.yaml").Data;
        Assert.EndsWith($":{http.ContainerPort}", settings["Urls"], StringComparison.Ordinal);
        Assert.EndsWith($":{Container.Ports.Single(port => port.Name == "metrics").ContainerPort}", settings["Telemetry__PrometheusUrl"], StringComparison.Ordinal);
    }

    [Fact]
    public Task Every_setting_is_one_that_the_server_knows_and_takes() => DeployedSettings.TakenAsync(
        Read<V1ConfigMap>("configmap.yaml").Data.Concat(Read<V1Secret>("secret.yaml.template").StringData).ToDictionary());

    [Fact]
    public void Folder_has_no_other_manifest_and_no_secret_that_an_apply_would_take() =>
        Assert.Equal(
            ["configmap.yaml", "deployment.yaml", "horizontalpodautoscaler.yaml", "poddisruptionbudget.yaml", "secret.yaml.template", "service.yaml"],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>A field that Kubernetes does not have is an error.</summary>
    private static T Read<T>(string file)
        where T : IKubernetesObject
    {
        var read = KubernetesYaml.Deserialize<T>(File.ReadAllText(Path.Combine(Folder, file)), strict: true);
        var entity = Assert.Single(typeof(T).GetCustomAttributes(typeof(KubernetesEntityAttribute), inherit: false).Cast<KubernetesEntityAttribute>());
        Assert.Equal((entity.Kind, entity.Group.Length > 0 ? $"{entity.Group}/{entity.ApiVersion}" : entity.ApiVersion), (read.Kind, read.ApiVersion));
        return read;
    }
}
