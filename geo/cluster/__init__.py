"""The embedded PostGIS: a private cluster behind a unix socket, one database per town in it."""

from geo.cluster.cluster_status import ClusterStatus
from geo.cluster.server import Cluster

__all__ = ["Cluster", "ClusterStatus"]
