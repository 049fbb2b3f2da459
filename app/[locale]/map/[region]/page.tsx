import { notFound } from 'next/navigation'
import { isRegion, type Region } from '@/lib/geo/regions'
import { MapPage, mapMetadata } from '../map-page'

type RegionMapProps = { params: Promise<{ region: string }> }

async function regionOf({ params }: RegionMapProps): Promise<Region> {
  const { region } = await params
  return isRegion(region) ? region : notFound()
}

export async function generateMetadata(props: RegionMapProps) {
  return mapMetadata(await regionOf(props))
}

export default async function RegionMapPage(props: RegionMapProps) {
  return <MapPage region={await regionOf(props)} />
}
