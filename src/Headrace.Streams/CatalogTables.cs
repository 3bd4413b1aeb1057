using Headrace.ControlPlane;
using Headrace.Streams.Accounts;
using Headrace.Streams.Consumers;
using Headrace.Streams.Producers;
using Headrace.Streams.Resources;
using Headrace.Streams.Settings;

namespace Headrace.Streams;

/// <summary>All that the catalog keeps in the control database.</summary>
internal sealed class CatalogTables
{
    public CatalogTables(ControlDatabase database)
    {
        Streams = new StreamTables(database);
        Consumers = new ConsumerTables(database);
        Policies = new PolicyTables(database);
        Monitoring = new MonitoringTables(database);
        Settings = new SettingsTables(database);
        Accounts = new AccountTables(database);
        Producers = new ProducerTables(database);
        // Streams first: the others refer to them.
        Streams.Migrate();
        Consumers.Migrate();
        Policies.Migrate();
        Monitoring.Migrate();
        Settings.Migrate();
        Accounts.Migrate();
        Producers.Migrate();
    }

    public StreamTables Streams { get; }

    public ConsumerTables Consumers { get; }

    public PolicyTables Policies { get; }

    public MonitoringTables Monitoring { get; }

    public SettingsTables Settings { get; }

    public AccountTables Accounts { get; }

    public ProducerTables Producers { get; }
}
